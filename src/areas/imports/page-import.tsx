import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { displayDay } from "../../core/day.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { count } from "../../ui/format.ts";
import { displayTime } from "../../ui/format-time.ts";
import { ProblemAlert, type ProblemData } from "../../ui/ProblemAlert.tsx";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { saveFile } from "../../web/files.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { toProblem } from "../../web/problem.ts";
import type { ImportShow } from "./contract.ts";
import { CommitImport } from "./page-commit.tsx";
import { importFiles } from "./page-files.ts";
import css from "./page-import.module.css";
import { Layout } from "./page-layout.tsx";
import { guessedFont, OldFont } from "./page-old-font.tsx";
import { ImportRows } from "./page-rows.tsx";
import { STATE_WORDS } from "./page-words.ts";

const route = getRouteApi("/members/import/$importId");

/** One import from the file to the roster: columns, rows with their problems, the commit, and its undoing. */
export function ImportPage() {
	const { importId } = route.useParams();
	const shown = useQuery(api.imports.preview.queryOptions({ input: { id: importId } }));
	return (
		<div className="page">
			<p>
				<Link to="/members/import">‹ Nhập danh sách</Link>
			</p>
			<Loaded query={shown}>{(show) => <Shown key={show.state} show={show} />}</Loaded>
		</div>
	);
}

function Shown({ show }: { show: ImportShow }) {
	const guess = guessedFont(show);
	return (
		<>
			<section className="card page">
				<div>
					<h1 className={css.file}>{show.fileName}</h1>
					<p className="soft">
						{show.unitName} · tính đến ngày {displayDay(show.asOf)} · {show.createdBy} gửi lúc{" "}
						{displayTime(show.createdAt)} · <b>{STATE_WORDS[show.state]}</b>
					</p>
				</div>
				<Outcome show={show} />
				{show.state === "committing" ? <Progress show={show} /> : null}
				{show.state === "staged" ? <Cancel show={show} /> : <After show={show} />}
			</section>
			{show.state === "staged" && guess ? <OldFont key={guess} show={show} guess={guess} /> : null}
			{show.state === "staged" ? <Layout show={show} /> : null}
			{show.state === "staged" || show.state === "committed" ? <ImportRows show={show} /> : null}
			{show.state === "staged" ? <CommitImport show={show} /> : null}
		</>
	);
}

/** What the rows do or did, largest first to the eye. */
function Outcome({ show }: { show: ImportShow }) {
	const { counts, state } = show;
	const after = state !== "staged" && state !== "committing";
	const figures: [number, string, boolean][] = [
		[counts.accepted, after ? "đã ghi mới" : "sẽ ghi mới", true],
		[counts.updated, after ? "đã cập nhật" : "sẽ cập nhật", counts.updated > 0],
		[counts.skipped, "không thay đổi", counts.skipped > 0],
		[counts.rejected - counts.asked, "lỗi cần sửa", true],
		[counts.asked, "cần chị trả lời", counts.asked > 0],
		[counts.warned, "ghi được nhưng cần kiểm tra", counts.warned > 0],
	];
	return (
		<dl className={css.outcome}>
			{figures.map(([number, words, shown]) =>
				shown ? (
					<div key={words}>
						<dd>{count(number)}</dd>
						<dt>{words}</dt>
					</div>
				) : null,
			)}
		</dl>
	);
}

/** Asks again until the server has gone through all rows; the work goes on there whether anybody looks or not. */
function Progress({ show }: { show: ImportShow }) {
	const queries = useQueryClient();
	const { data } = useQuery(
		api.imports.progress.queryOptions({ input: { id: show.id }, refetchInterval: 800, staleTime: 0 }),
	);
	const done = data !== undefined && data.state !== "committing";
	useEffect(() => {
		if (!done) return;
		for (const key of [api.imports.key(), api.members.key(), api.gathering.key(), api.units.key()])
			queries.invalidateQueries({ queryKey: key });
	}, [done, queries]);
	return (
		<>
			<ProgressBar
				label="Đang ghi vào danh sách hội viên"
				done={data?.rowsDone ?? show.rowsDone}
				total={show.counts.rows}
				noun="dòng"
				note="Chị có thể rời trang này hoặc tắt máy; việc ghi vẫn tiếp tục trên máy chủ."
			/>
			{data?.failure ? <ProblemAlert problem={{ code: data.failure.code, message: data.failure.text }} /> : null}
		</>
	);
}

/** The workbook back; undoing the whole; deleting the file. */
function After({ show }: { show: ImportShow }) {
	const [problem, setProblem] = useState<ProblemData | null>(null);
	const [asked, setAsked] = useState<"undo" | "forget" | null>(null);
	if (show.state === "committing") return null;
	const gone = show.state === "forgotten" || show.state === "cancelled";
	return (
		<>
			<div className="row on-screen">
				{gone ? null : (
					<Button
						variant="default"
						onClick={() => saveFile(importFiles.workbook(show.id)).catch((error) => setProblem(toProblem(error)))}
					>
						Tải lại tệp có cột “Lỗi cần sửa”
					</Button>
				)}
				{show.mayUndo ? (
					<Button variant="default" onClick={() => setAsked("undo")}>
						Hoàn tác lần nhập này
					</Button>
				) : null}
				{show.state === "committed" || show.state === "undone" ? (
					<Button variant="default" onClick={() => setAsked("forget")}>
						Xóa tệp đã gửi
					</Button>
				) : null}
				{show.state === "committed" ? (
					<span className="end">
						<Link to="/">Xem tỷ lệ tập hợp</Link>
					</span>
				) : null}
			</div>
			<ProblemAlert problem={problem} />
			{asked === "undo" ? <Undo show={show} onClose={() => setAsked(null)} /> : null}
			{asked === "forget" ? <Forget show={show} onClose={() => setAsked(null)} /> : null}
		</>
	);
}

const EVERYTHING = [api.imports.key(), api.members.key(), api.gathering.key(), api.units.key(), api.headcounts.key()];

function Undo({ show, onClose }: { show: ImportShow; onClose: () => void }) {
	const undo = useCommand(client.imports.undo, {
		refresh: EVERYTHING,
		onDone: ({ removed, reverted, kept }) => {
			toast({
				text: `Đã hoàn tác: bỏ ${count(removed)} người ghi mới, trả lại ${count(reverted)} người đã cập nhật${
					kept.length > 0 ? `; giữ ${count(kept.length)} người đã được sửa sau đó` : ""
				}.`,
			});
			onClose();
		},
	});
	return (
		<ConfirmDialog
			opened
			title="Hoàn tác lần nhập này"
			confirm="Hoàn tác"
			busy={undo.busy}
			problem={undo.problem}
			onConfirm={() => undo.run({ id: show.id })}
			onClose={onClose}
		>
			Danh sách trở lại như trước khi nhập: {count(show.counts.accepted)} người ghi mới được bỏ ra,{" "}
			{count(show.counts.updated)} người đã cập nhật trở lại như cũ. Ai đã được sửa sau lần nhập này thì giữ nguyên và
			được nêu tên.
		</ConfirmDialog>
	);
}

function Forget({ show, onClose }: { show: ImportShow; onClose: () => void }) {
	const forget = useCommand(client.imports.forget, {
		refresh: [api.imports.key()],
		onDone: () => {
			toast({ text: "Đã xóa tệp và các dòng lưu tạm." });
			onClose();
		},
	});
	return (
		<ConfirmDialog
			opened
			title="Xóa tệp đã gửi"
			confirm="Xóa tệp"
			busy={forget.busy}
			problem={forget.problem}
			onConfirm={() => forget.run({ id: show.id })}
			onClose={onClose}
		>
			Hội viên đã ghi nhận vẫn còn. Sau khi xóa tệp, lần nhập này không hoàn tác được nữa.
		</ConfirmDialog>
	);
}

function Cancel({ show }: { show: ImportShow }) {
	const navigate = useNavigate();
	const cancel = useCommand(client.imports.cancel, {
		refresh: [api.imports.key()],
		onDone: () => {
			toast({ text: "Đã bỏ lần nhập; danh sách hội viên không thay đổi." });
			navigate({ to: "/members/import" });
		},
	});
	return (
		<div className="row on-screen">
			<Button component="a" href="#commit">
				Đến phần ghi nhận
			</Button>
			<Button variant="default" loading={cancel.busy} onClick={() => cancel.run({ id: show.id })}>
				Bỏ, không nhập
			</Button>
			<ProblemAlert problem={cancel.problem} />
		</div>
	);
}
