import { Link } from "@tanstack/react-router";
import { useSession } from "../../web/session.ts";
import css from "./page.module.css";

/** The pages of this area, one beside the other. */
export function Parts() {
	const { verbs } = useSession();
	return (
		<nav className={css.parts} aria-label="Phân công và các bước">
			{verbs.includes("support.write") ? <Link to="/assistance/mine">Xã của tôi</Link> : null}
			<Link to="/assistance" activeOptions={EXACT}>
				Phân công
			</Link>
			<Link to="/assistance/pilots">Thí điểm</Link>
			<Link to="/assistance/rounds">Các bước</Link>
		</nav>
	);
}

const EXACT = { exact: true, includeSearch: false };
