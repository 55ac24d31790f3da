import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { displayDay } from "../../core/day.ts";
import { client } from "../../web/client.ts";
import type { MemberShow } from "./contract-member.ts";
import { AffiliationForm, PostForm } from "./page-beside-forms.tsx";
import { ConsentForm, WithdrawConsentForm } from "./page-consent-form.tsx";
import css from "./page-person.module.css";
import { UntilForm } from "./page-spell-forms.tsx";
import { periodWords } from "./page-words.ts";

type Props = { person: MemberShow };

/** A card with a title, and the way to add to it. */
function Beside(props: { title: string; add?: string; onAdd?: () => void; empty: string; children: ReactNode[] }) {
	return (
		<section className="card">
			<div className={css.title}>
				<h2>{props.title}</h2>
				{props.add ? (
					<button type="button" className="link on-screen" onClick={props.onAdd}>
						{props.add}
					</button>
				) : null}
			</div>
			{props.children.length > 0 ? (
				<ul className={css.rows}>{props.children}</ul>
			) : (
				<p className="soft">{props.empty}</p>
			)}
		</section>
	);
}

/** Clubs and special bases she takes part in, beside her branch (R3). */
export function Affiliations({ person }: Props) {
	const [adding, setAdding] = useState(false);
	const [ending, setEnding] = useState<string | null>(null);
	const may = person.may.write;
	return (
		<>
			<Beside
				title="Tham gia sinh hoạt tại"
				add={may ? "Thêm" : undefined}
				onAdd={() => setAdding(true)}
				empty="Chỉ sinh hoạt ở chi hội."
			>
				{person.affiliations.map((one) => (
					<li key={one.id}>
						<div>
							{one.unit} <p className="soft">{periodWords(one.since, one.until)}</p>
						</div>
						{may && one.until === null ? <EndButton onClick={() => setEnding(one.id)} what={one.unit} /> : null}
					</li>
				))}
			</Beside>
			{adding ? <AffiliationForm person={person} onClose={() => setAdding(false)} /> : null}
			{ending ? (
				<UntilForm
					title="Thôi sinh hoạt"
					label="Từ ngày"
					id={ending}
					end={client.members.endAffiliation}
					onClose={() => setEnding(null)}
				/>
			) : null}
		</>
	);
}

/** Posts she holds or held. */
export function Posts({ person }: Props) {
	const [adding, setAdding] = useState(false);
	const [ending, setEnding] = useState<string | null>(null);
	const may = person.may.write;
	return (
		<>
			<Beside
				title="Chức danh"
				add={may ? "Thêm" : undefined}
				onAdd={() => setAdding(true)}
				empty="Không giữ chức danh."
			>
				{person.posts.map((post) => (
					<li key={post.id}>
						<div>
							{post.postText}, {post.unit} <p className="soft">{periodWords(post.since, post.until)}</p>
						</div>
						{may && post.until === null ? <EndButton onClick={() => setEnding(post.id)} what={post.postText} /> : null}
					</li>
				))}
			</Beside>
			{adding ? <PostForm person={person} onClose={() => setAdding(false)} /> : null}
			{ending ? (
				<UntilForm
					title="Thôi giữ chức danh"
					label="Từ ngày"
					id={ending}
					end={client.members.endPost}
					onClose={() => setEnding(null)}
				/>
			) : null}
		</>
	);
}

function EndButton({ onClick, what }: { onClick: () => void; what: string }) {
	return (
		<button type="button" className="link on-screen" onClick={onClick}>
			Thôi<span className="unseen"> {what}</span>
		</button>
	);
}

/** To what she has agreed (law 91/2025, R9). */
export function Consents({ person }: Props) {
	const [adding, setAdding] = useState(false);
	const [back, setBack] = useState<MemberShow["consents"][number]["purpose"] | null>(null);
	const may = person.may.write;
	return (
		<>
			<Beside
				title="Đồng ý cung cấp thông tin"
				add={may ? "Thêm" : undefined}
				onAdd={() => setAdding(true)}
				empty="Chưa có đồng ý."
			>
				{person.consents.map((consent) => (
					<li key={consent.id}>
						<div>
							{consent.purposeText}
							<p className="soft">
								{consent.howText}, ngày {displayDay(consent.givenOn)}; {consent.textVersion}
								{consent.document ? `; ${consent.document}` : ""}
								{consent.withdrawnOn ? `; rút lại từ ${displayDay(consent.withdrawnOn)}` : ""}
							</p>
						</div>
						{may && consent.withdrawnOn === null ? (
							<button type="button" className="link on-screen" onClick={() => setBack(consent.purpose)}>
								Rút lại<span className="unseen"> {consent.purposeText}</span>
							</button>
						) : null}
					</li>
				))}
			</Beside>
			{adding ? (
				<ConsentForm personIds={[person.personId]} name={person.name} onClose={() => setAdding(false)} />
			) : null}
			{back ? <WithdrawConsentForm personId={person.personId} purpose={back} onClose={() => setBack(null)} /> : null}
		</>
	);
}

/** Who brought her, and whom she has brought (R13). */
export function Introductions({ person }: Props) {
	const by = person.spells.find((spell) => spell.introducer)?.introducer;
	return (
		<section className="card">
			<h2>Người vận động, giới thiệu vào Hội</h2>
			{by ? (
				<p>
					{by.personId ? (
						<Link to="/members/$personId" params={{ personId: by.personId }}>
							{by.name}
						</Link>
					) : (
						by.name
					)}
				</p>
			) : (
				<p className="soft">Chưa ghi.</p>
			)}
			{person.introduced.length > 0 ? (
				<>
					<p className="soft" style={{ marginTop: 8 }}>
						Chị đã giới thiệu:
					</p>
					<ul className={css.rows}>
						{person.introduced.map((one) => (
							<li key={one.personId}>
								<div>
									<Link to="/members/$personId" params={{ personId: one.personId }}>
										{one.name}
									</Link>{" "}
									<span className="soft">vào Hội {displayDay(one.joined)}</span>
								</div>
							</li>
						))}
					</ul>
				</>
			) : null}
		</section>
	);
}
