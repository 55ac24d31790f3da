import { createRootRoute, createRoute, createRouter, Link, lazyRouteComponent } from "@tanstack/react-router";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { toProblem } from "./problem.ts";
import { Shell } from "./Shell.tsx";

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
	component: lazyRouteComponent(() => import("./MorePage.tsx"), "MorePage"),
});

/** All pages, each in a file of its own that is fetched when it is opened or pointed at. */
export const router = createRouter({
	routeTree: root.addChildren([home, more]),
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
