import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { Fragment, lazy, Suspense, useEffect, useRef } from "react";
import { roleLabel } from "../areas/access/rules.ts";
import { displayDay } from "../core/day.ts";
import { DEMO_WORDS, Demo } from "../ui/demo.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { Toasts } from "../ui/Toast.tsx";
import { ActingBanner } from "./ActingBanner.tsx";
import { grouped, PLACES, type Place, placeOf, placesFor } from "./navigation.ts";
import { OfflineBanner } from "./OfflineBanner.tsx";
import { toProblem } from "./problem.ts";
import css from "./Shell.module.css";
import { type Session, sessionQuery } from "./session.ts";
import { signOut } from "./sign-out.ts";

// Hardly anybody waits for a decision: the words come when they are needed.
const MovingBanner = lazy(() => import("./MovingBanner.tsx").then((banner) => ({ default: banner.MovingBanner })));

/** What surrounds every page: whose data this is, who looks, the ways to the other pages. Waits for the session. */
export function Shell() {
	const { data: session, error, refetch } = useQuery(sessionQuery());
	if (!session) {
		return (
			<main className={css.starting}>
				{error ? (
					<ProblemAlert problem={toProblem(error)} onRetry={() => refetch()} />
				) : (
					<p className="soft">Đang mở…</p>
				)}
			</main>
		);
	}
	if (session.account.mustChangePassword) {
		return (
			<main className={css.starting}>
				<Suspense fallback={<p className="soft">Đang mở…</p>}>
					<FirstPassword />
				</Suspense>
				<Toasts />
			</main>
		);
	}
	return <SignedIn session={session} />;
}

// A one-time password opens nothing but this.
const FirstPassword = lazy(() =>
	import("../areas/access/page-password.tsx").then((page) => ({ default: page.FirstPassword })),
);

function SignedIn({ session }: { session: Session }) {
	const places = usePlaces(session);
	const path = useRouterState({ select: (state) => state.location.pathname });
	const here = placeOf(places, path);
	const main = useRef<HTMLElement>(null);
	usePageChange(path, here?.label, main);
	return (
		<Demo value={session.demo}>
			<a className={css.skip} href="#main">
				Đến nội dung chính
			</a>
			<Header session={session} />
			<OfflineBanner />
			<ActingBanner />
			{session.moving ? (
				<Suspense>
					<MovingBanner moving={session.moving} />
				</Suspense>
			) : null}
			<div className={css.shell}>
				<nav className={css.side} aria-label="Các phần">
					{grouped(places).map(({ heading, places: those }) => (
						<Fragment key={heading}>
							{heading ? <p className={css.heading}>{heading}</p> : null}
							{those.map((place) => (
								<PlaceLink key={place.to} place={place} here={place === here} />
							))}
						</Fragment>
					))}
				</nav>
				<main id="main" ref={main} tabIndex={-1} className={css.main}>
					<Suspense fallback={<p className="soft">Đang mở…</p>}>
						<Outlet />
					</Suspense>
				</main>
			</div>
			<Tabs places={places} here={here} more={path === "/more"} />
			<Toasts />
		</Demo>
	);
}

function Header({ session }: { session: Session }) {
	return (
		<header className={css.top}>
			<p className={css.unit}>{session.unit.name}</p>
			{session.demo ? <span className={css.demo}>{DEMO_WORDS}</span> : null}
			<span className={css.who}>
				<Link to="/me">
					{[...session.roles.slice(0, 1).map(roleLabel), session.account.displayName || session.account.username].join(
						": ",
					)}
				</Link>{" "}
				· {displayDay(session.today)}
			</span>
			<button type="button" className={`link ${css.out}`} onClick={signOut}>
				Đăng xuất
			</button>
		</header>
	);
}

// Which place a page belongs to is said by placeOf; the link alone would light up every place above it.
const EXACT = { exact: true };

function PlaceLink({ place, here, short }: { place: Place; here: boolean; short?: boolean }) {
	return (
		<Link to={place.to} aria-current={here ? "page" : undefined} preload="intent" activeOptions={EXACT}>
			{short ? place.short : place.label}
		</Link>
	);
}

/** The bottom tabs of a phone. */
function Tabs({ places, here, more }: { places: Place[]; here: Place | undefined; more: boolean }) {
	const tabs = places.filter((place) => place.tab);
	return (
		<nav className={css.tabs} aria-label="Các phần chính">
			{tabs.map((place) => (
				<PlaceLink key={place.to} place={place} here={place === here} short />
			))}
			<Link to="/more" aria-current={more || (here && !here.tab) ? "page" : undefined}>
				Thêm
			</Link>
		</nav>
	);
}

/** The places of this program that the session may see. */
export function usePlaces(session: Session): Place[] {
	const router = useRouter();
	const { data: own } = useQuery(sessionQuery());
	return placesFor(PLACES, session.verbs, (to) => to in router.routesByPath, own?.unit.kind);
}

/** After going to another page: its name in the window's title, the focus at its start for those who hear the screen. */
function usePageChange(path: string, label: string | undefined, main: React.RefObject<HTMLElement | null>) {
	const before = useRef(path);
	useEffect(() => {
		document.title = label ? `${label} · Tập Hợp` : "Tập Hợp";
		if (before.current === path) return;
		before.current = path;
		main.current?.focus({ preventScroll: true });
	}, [path, label, main]);
}
