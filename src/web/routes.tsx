import { createRootRoute, createRoute, createRouter, Link, lazyRouteComponent } from "@tanstack/react-router";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { toProblem } from "./problem.ts";
import { Shell } from "./Shell.tsx";
import {
	assistanceSearch,
	daySearch,
	documentsSearch,
	emulationSearch,
	modelsSearch,
	ratesSearch,
	reportsSearch,
	supportSearch,
	targetsSearch,
	togetherSearch,
	unitSearch,
	unitsSearch,
} from "./search.ts";
import {
	accountsSearch,
	auditSearch,
	duplicatesSearch,
	importSearch,
	membersSearch,
	transfersSearch,
} from "./search-people.ts";

const root = createRootRoute({ component: Shell });

// A page of an area: one route here with `lazyRouteComponent(() => import("../areas/<area>/page.tsx"), "<Name>Page")`. The navigation
// (navigation.ts) shows a place as soon as its route is here.
const more = createRoute({
	getParentRoute: () => root,
	path: "/more",
	component: lazyRouteComponent(() => import("./MorePage.tsx"), "MorePage"),
});

const home = createRoute({
	getParentRoute: () => root,
	path: "/",
	validateSearch: daySearch,
	component: lazyRouteComponent(() => import("../areas/gathering/page-overview.tsx"), "OverviewPage"),
});

const rates = createRoute({
	getParentRoute: () => root,
	path: "/gathering",
	validateSearch: ratesSearch,
	component: lazyRouteComponent(() => import("../areas/gathering/page-rates.tsx"), "RatesPage"),
});

const printRates = createRoute({
	getParentRoute: () => root,
	path: "/gathering/print",
	validateSearch: ratesSearch,
	component: lazyRouteComponent(() => import("../areas/gathering/page-print.tsx"), "PrintRatesPage"),
});

const twoMaps = createRoute({
	getParentRoute: () => root,
	path: "/gathering/maps",
	validateSearch: daySearch,
	component: lazyRouteComponent(() => import("../areas/gathering/page-two-maps.tsx"), "TwoMapsPage"),
});

const headcounts = createRoute({
	getParentRoute: () => root,
	path: "/headcounts",
	validateSearch: unitSearch,
	component: lazyRouteComponent(() => import("../areas/headcounts/page.tsx"), "HeadcountsPage"),
});

const populations = createRoute({
	getParentRoute: () => root,
	path: "/populations",
	validateSearch: unitSearch,
	component: lazyRouteComponent(() => import("../areas/populations/page.tsx"), "PopulationsPage"),
});

const targets = createRoute({
	getParentRoute: () => root,
	path: "/targets",
	validateSearch: targetsSearch,
	component: lazyRouteComponent(() => import("../areas/targets/page.tsx"), "TargetsPage"),
});

const emulation = createRoute({
	getParentRoute: () => root,
	path: "/emulation",
	validateSearch: emulationSearch,
	component: lazyRouteComponent(() => import("../areas/emulation/page.tsx"), "EmulationPage"),
});

const effect = createRoute({
	getParentRoute: () => root,
	path: "/effect",
	component: lazyRouteComponent(() => import("../areas/effect/page.tsx"), "EffectPage"),
});

const reports = createRoute({
	getParentRoute: () => root,
	path: "/reports",
	validateSearch: reportsSearch,
	component: lazyRouteComponent(() => import("../areas/reporting/page.tsx"), "ReportsPage"),
});

const support = createRoute({
	getParentRoute: () => root,
	path: "/support",
	validateSearch: supportSearch,
	component: lazyRouteComponent(() => import("../areas/support/page.tsx"), "SupportPage"),
});

const supportCase = createRoute({
	getParentRoute: () => root,
	path: "/support/$unitId",
	component: lazyRouteComponent(() => import("../areas/support/page-case.tsx"), "CasePage"),
});

const supportCatalogue = createRoute({
	getParentRoute: () => root,
	path: "/support/catalogue",
	component: lazyRouteComponent(() => import("../areas/support/page-catalogue.tsx"), "CataloguePage"),
});

const assistance = createRoute({
	getParentRoute: () => root,
	path: "/assistance",
	validateSearch: assistanceSearch,
	component: lazyRouteComponent(() => import("../areas/assistance/page.tsx"), "AssistancePage"),
});

const myCommunes = createRoute({
	getParentRoute: () => root,
	path: "/assistance/mine",
	component: lazyRouteComponent(() => import("../areas/assistance/page-mine.tsx"), "MinePage"),
});

const pilots = createRoute({
	getParentRoute: () => root,
	path: "/assistance/pilots",
	validateSearch: assistanceSearch,
	component: lazyRouteComponent(() => import("../areas/assistance/page-pilots.tsx"), "PilotsPage"),
});

const supportRounds = createRoute({
	getParentRoute: () => root,
	path: "/assistance/rounds",
	validateSearch: assistanceSearch,
	component: lazyRouteComponent(() => import("../areas/assistance/page-rounds.tsx"), "RoundsPage"),
});

const supportRound = createRoute({
	getParentRoute: () => root,
	path: "/assistance/rounds/$roundId",
	component: lazyRouteComponent(() => import("../areas/assistance/page-round.tsx"), "RoundPage"),
});

const communeVisits = createRoute({
	getParentRoute: () => root,
	path: "/assistance/visits/$unitId",
	component: lazyRouteComponent(() => import("../areas/assistance/page-visits.tsx"), "VisitsPage"),
});

const meetings = createRoute({
	getParentRoute: () => root,
	path: "/meetings",
	validateSearch: unitSearch,
	component: lazyRouteComponent(() => import("../areas/models/page-meetings.tsx"), "MeetingsPage"),
});

const models = createRoute({
	getParentRoute: () => root,
	path: "/models",
	validateSearch: modelsSearch,
	component: lazyRouteComponent(() => import("../areas/models/page.tsx"), "ModelsPage"),
});

const together = createRoute({
	getParentRoute: () => root,
	path: "/together",
	validateSearch: togetherSearch,
	component: lazyRouteComponent(() => import("../areas/models/page-together.tsx"), "TogetherPage"),
});

const programmes = createRoute({
	getParentRoute: () => root,
	path: "/programmes",
	validateSearch: unitSearch,
	component: lazyRouteComponent(() => import("../areas/models/page-programmes.tsx"), "ProgrammesPage"),
});

const documents = createRoute({
	getParentRoute: () => root,
	path: "/documents",
	validateSearch: documentsSearch,
	component: lazyRouteComponent(() => import("../areas/documents/page.tsx"), "DocumentsPage"),
});

const units = createRoute({
	getParentRoute: () => root,
	path: "/units",
	validateSearch: unitsSearch,
	component: lazyRouteComponent(() => import("../areas/units/page.tsx"), "UnitsPage"),
});

const unit = createRoute({
	getParentRoute: () => root,
	path: "/units/$unitId",
	validateSearch: daySearch,
	component: lazyRouteComponent(() => import("../areas/units/page-unit.tsx"), "UnitPage"),
});

const clusters = createRoute({
	getParentRoute: () => root,
	path: "/units/clusters",
	validateSearch: daySearch,
	component: lazyRouteComponent(() => import("../areas/units/page-clusters.tsx"), "ClustersPage"),
});

const openWork = createRoute({
	getParentRoute: () => root,
	path: "/units/open-work",
	component: lazyRouteComponent(() => import("../areas/units/page-open-work.tsx"), "OpenWorkPage"),
});

const reorganisations = createRoute({
	getParentRoute: () => root,
	path: "/reorganisations",
	component: lazyRouteComponent(() => import("../areas/reorganisations/page.tsx"), "ReorganisationsPage"),
});

const reorganisationQueue = createRoute({
	getParentRoute: () => root,
	path: "/reorganisations/queue",
	component: lazyRouteComponent(() => import("../areas/reorganisations/page-queue.tsx"), "QueuePage"),
});

const reorganisation = createRoute({
	getParentRoute: () => root,
	path: "/reorganisations/$id",
	component: lazyRouteComponent(() => import("../areas/reorganisations/page-one.tsx"), "ReorganisationPage"),
});

const members = createRoute({
	getParentRoute: () => root,
	path: "/members",
	validateSearch: membersSearch,
	component: lazyRouteComponent(() => import("../areas/members/page.tsx"), "MembersPage"),
});

const printMembers = createRoute({
	getParentRoute: () => root,
	path: "/members/print",
	validateSearch: membersSearch,
	component: lazyRouteComponent(() => import("../areas/members/page-print.tsx"), "PrintMembersPage"),
});

const newMember = createRoute({
	getParentRoute: () => root,
	path: "/members/new",
	component: lazyRouteComponent(() => import("../areas/members/page-new.tsx"), "NewMemberPage"),
});

const transfers = createRoute({
	getParentRoute: () => root,
	path: "/members/transfers",
	validateSearch: transfersSearch,
	component: lazyRouteComponent(() => import("../areas/members/page-transfers.tsx"), "TransfersPage"),
});

const duplicates = createRoute({
	getParentRoute: () => root,
	path: "/members/duplicates",
	validateSearch: duplicatesSearch,
	component: lazyRouteComponent(() => import("../areas/members/page-duplicates.tsx"), "DuplicatesPage"),
});

const imports = createRoute({
	getParentRoute: () => root,
	path: "/members/import",
	component: lazyRouteComponent(() => import("../areas/imports/page.tsx"), "ImportsPage"),
});

const oneImport = createRoute({
	getParentRoute: () => root,
	path: "/members/import/$importId",
	validateSearch: importSearch,
	component: lazyRouteComponent(() => import("../areas/imports/page-import.tsx"), "ImportPage"),
});

const member = createRoute({
	getParentRoute: () => root,
	path: "/members/$personId",
	component: lazyRouteComponent(() => import("../areas/members/page-person.tsx"), "PersonPage"),
});

const accounts = createRoute({
	getParentRoute: () => root,
	path: "/accounts",
	validateSearch: accountsSearch,
	component: lazyRouteComponent(() => import("../areas/access/page-accounts.tsx"), "AccountsPage"),
});

const audit = createRoute({
	getParentRoute: () => root,
	path: "/audit",
	validateSearch: auditSearch,
	component: lazyRouteComponent(() => import("../areas/access/page-audit.tsx"), "AuditPage"),
});

const acting = createRoute({
	getParentRoute: () => root,
	path: "/acting",
	component: lazyRouteComponent(() => import("../areas/access/page-acting.tsx"), "ActingPage"),
});

const me = createRoute({
	getParentRoute: () => root,
	path: "/me",
	component: lazyRouteComponent(() => import("../areas/access/page-me.tsx"), "MePage"),
});

/** All pages, each in a file of its own that is fetched when it is opened or pointed at. */
export const router = createRouter({
	routeTree: root.addChildren([
		home,
		more,
		rates,
		printRates,
		twoMaps,
		headcounts,
		populations,
		targets,
		emulation,
		reports,
		effect,
		support,
		supportCase,
		supportCatalogue,
		assistance,
		myCommunes,
		pilots,
		supportRounds,
		supportRound,
		communeVisits,
		meetings,
		models,
		together,
		programmes,
		documents,
		units,
		unit,
		clusters,
		openWork,
		reorganisations,
		reorganisationQueue,
		reorganisation,
		members,
		printMembers,
		newMember,
		transfers,
		duplicates,
		imports,
		oneImport,
		member,
		accounts,
		audit,
		acting,
		me,
	]),
	defaultPreload: "intent",
	scrollRestoration: true,
	defaultNotFoundComponent: NotFound,
	defaultErrorComponent: ({ error, reset }) => <ProblemAlert problem={toProblem(error)} onRetry={reset} />,
});

function NotFound() {
	return (
		<EmptyState title="Không có trang này" action={<Link to="/">Về Tổng quan</Link>}>
			Địa chỉ có thể đã cũ hoặc gõ nhầm.
		</EmptyState>
	);
}

declare module "@tanstack/react-router" {
	interface Register {
		router: typeof router;
	}
}
