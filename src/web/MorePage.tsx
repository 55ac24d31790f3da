import { Link } from "@tanstack/react-router";
import css from "./MorePage.module.css";
import { usePlaces } from "./Shell.tsx";
import { useSession } from "./session.ts";
import { signOut } from "./sign-out.ts";

/** All places as a list with room for a thumb: "Thêm" of a phone. */
export function MorePage() {
	const session = useSession();
	return (
		<div className="page">
			<h1>Các phần</h1>
			<section className="card">
				<ul className={css.places}>
					{usePlaces(session).map((place) => (
						<li key={place.to}>
							<Link to={place.to}>{place.label}</Link>
						</li>
					))}
					<li>
						<button type="button" className="link" onClick={signOut}>
							Đăng xuất
						</button>
					</li>
				</ul>
			</section>
		</div>
	);
}
