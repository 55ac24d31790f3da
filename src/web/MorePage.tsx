import { Link } from "@tanstack/react-router";
import css from "./MorePage.module.css";
import { grouped } from "./navigation.ts";
import { usePlaces } from "./Shell.tsx";
import { useSession } from "./session.ts";
import { signOut } from "./sign-out.ts";

/** All places as a list with room for a thumb: "Thêm" of a phone. */
export function MorePage() {
	const session = useSession();
	return (
		<div className="page">
			<h1>Các phần</h1>
			{grouped(usePlaces(session)).map(({ heading, places }) => (
				<section key={heading} className="card">
					{heading ? <h2 className={css.heading}>{heading}</h2> : null}
					<ul className={css.places}>
						{places.map((place) => (
							<li key={place.to}>
								<Link to={place.to}>{place.label}</Link>
							</li>
						))}
					</ul>
				</section>
			))}
			<p>
				<button type="button" className="link" onClick={signOut}>
					Đăng xuất
				</button>
			</p>
		</div>
	);
}
