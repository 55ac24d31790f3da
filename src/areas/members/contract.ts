import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { unitRef } from "../units/contract.ts";
import { day, id, lines, text, unitId } from "../wire.ts";
import {
	awayKind,
	consentHow,
	consentPurpose,
	duplicatePair,
	leaveReason,
	memberRow,
	memberShow,
	memberStatus,
	newMember,
	personFields,
	postName,
	residenceInput,
	residenceKind,
	saved,
	takesPart,
	transfer,
	transferState,
} from "./contract-member.ts";

const onPerson = { personId: id, version: z.int() };
const done = z.object({ id });
const document = text(300).default("");

export const membersContract = {
	list: reads("members.read", "/members/list", "Danh sách hội viên của một đơn vị vào một ngày, theo tên")
		.input(
			z.object({
				...unitRef,
				/** Also those who left, are proposed or do not count. */
				all: z.boolean().default(false),
				/** One branch or group of the unit, or the commune itself for "Chưa xếp chi hội". */
				leafId: unitId.optional(),
				status: z.array(memberStatus).optional(),
				/** Name without diacritics; digits are taken as a phone number or a whole CCCD/CMND. */
				q: text(100).optional(),
				only: z.enum(["without_id", "without_consent", "review", "core"]).optional(),
				limit: z.int().min(1).max(500).default(100),
				/** From the last name to the first: its first page is the end of the list. */
				reverse: z.boolean().default(false),
				/** `next` of the page before. */
				after: z.string().max(4000).optional(),
			}),
		)
		.output(
			z.object({
				rows: z.array(memberRow),
				next: z.string().nullable(),
				/** How many there are in all; told with the first page only. */
				total: z.int().nullable(),
				/** There are more than `total`: to count them would have taken longer than the page. */
				more: z.boolean(),
			}),
		),
	search: reads("members.read", "/members/search", "Tìm hội viên theo số CCCD/CMND")
		.input(z.object({ nationalId: text(60) }))
		.output(
			z.object({
				found: z.array(
					z.object({ personId: id, name: z.string(), birth: z.string().nullable(), units: z.array(z.string()) }),
				),
				/** The commune's name only, where she is a member of a unit the caller does not see (audited). */
				elsewhere: z.string().nullable(),
			}),
		),
	show: reads("members.read", "/members/show", "Hồ sơ một hội viên")
		.input(z.object({ personId: id, on: day.optional() }))
		.output(memberShow),
	sensitive: reads("members.sensitive", "/members/sensitive", "Dữ liệu cá nhân nhạy cảm của một hội viên (ghi nhật ký)")
		.input(z.object({ personId: id }))
		.output(
			z.object({
				ethnicity: z.string(),
				religion: z.string(),
				partyMember: z.boolean().nullable(),
				health: z.string(),
			}),
		),
	revealId: reads("members.write", "/members/reveal-id", "Xem đủ số CCCD/CMND của một hội viên (ghi nhật ký)")
		.input(z.object({ personId: id }))
		.output(
			z.object({
				nationalIds: z.array(z.object({ ref: z.string(), kind: z.enum(["cccd", "cmnd"]), value: z.string() })),
			}),
		),
	sixMonths: reads("members.read", "/members/six-months", "Sắp đủ 6 tháng tạm trú")
		.input(z.object({ ...unitRef, days: z.int().min(1).max(366).default(30) }))
		.output(
			z.array(
				z.object({ personId: id, spellId: id, name: z.string(), branch: z.string(), start: day, countsFrom: day }),
			),
		),
	todo: reads("members.read", "/members/todo", "Việc cần làm về hội viên của một đơn vị")
		.input(z.object(unitRef))
		.output(
			z.object({
				sixMonths: z.int(),
				startUnknown: z.int(),
				proposed: z.int(),
				transfersToDecide: z.int(),
				transfersWaiting: z.int(),
				withoutConsent: z.int(),
				withoutId: z.int(),
				review: z.int(),
				/** Groups of one name and birth within the unit, as of now. */
				duplicates: z.int(),
				/** Pairs of the last pass over the country of which one stands here, not judged yet; of a level above: judged to be one woman, not merged yet. */
				duplicatePairs: z.int(),
			}),
		),
	duplicates: reads("members.read", "/members/duplicates", "Nghi trùng người: cùng họ tên và ngày sinh")
		.input(z.object(unitRef))
		.output(
			z.array(z.array(z.object({ personId: id, name: z.string(), birth: z.string().nullable(), branch: z.string() }))),
		),
	duplicatePairs: reads(
		"members.read",
		"/members/duplicate-pairs",
		"Nghi trùng người trong cả nước: từng cặp hồ sơ, vì sao",
	)
		.input(
			z.object({
				...unitRef,
				/** Not judged yet, or judged to be one woman and not yet merged, or two. */
				which: z.enum(["open", "same", "different"]).default("open"),
				limit: z.int().min(1).max(200).default(50),
				/** `next` of the page before. */
				after: z.string().max(100).optional(),
			}),
		)
		.output(
			z.object({
				rows: z.array(duplicatePair),
				next: z.string().nullable(),
				/** How many there are in all; told with the first page only. */
				total: z.int().nullable(),
				/** The day of the last pass over all members; null where there was none yet. */
				foundOn: day.nullable(),
			}),
		),
	findDuplicates: writes("system.operate", "/members/find-duplicates", "Rà soát nghi trùng người trong cả nước")
		.input(z.object({}))
		.output(z.object({ compared: z.int(), pairs: z.int(), raised: z.int(), gone: z.int() })),
	judgeDuplicate: writes(
		"members.write",
		"/members/judge-duplicate",
		"Cho biết hai hồ sơ là một người hay hai người khác nhau",
	)
		.input(
			z.object({
				pairId: id,
				/** Null takes the judgement back. */
				decision: z.enum(["same", "different"]).nullable(),
			}),
		)
		.output(duplicatePair),
	transfers: reads("members.read", "/members/transfers", "Chuyển sinh hoạt Hội: đi và đến")
		.input(
			z.object({
				...unitRef,
				direction: z.enum(["in", "out", "both"]).default("both"),
				state: transferState.optional(),
			}),
		)
		.output(z.array(transfer)),
	affiliated: reads("members.read", "/members/affiliated", "Những người sinh hoạt tại một CLB, cơ sở Hội đặc thù")
		.input(z.object(unitRef))
		.output(
			z.object({
				rows: z.array(z.object({ personId: id, name: z.string(), residesAt: z.string(), since: day })),
				/** "Sinh hoạt tại đây, cư trú nơi khác (không tính)": those the caller does not see, as a number. */
				residingElsewhere: z.int(),
			}),
		),
	posts: reads("members.read", "/members/posts", "Ai giữ chức danh gì tại một đơn vị vào một ngày")
		.input(z.object(unitRef))
		.output(z.array(z.object({ id, personId: id, name: z.string(), postText: z.string(), since: day }))),

	add: writes("members.write", "/members/add", "Thêm hội viên đã được công nhận")
		.input(newMember.extend({ recognisedOn: day.nullable().default(null), minutes: text(300).default("") }))
		.output(saved),
	propose: writes("members.propose", "/members/propose", "Đề nghị kết nạp hội viên").input(newMember).output(saved),
	recognise: writes("members.write", "/members/recognise", "Ban Chấp hành công nhận hội viên")
		.input(
			z.object({
				spellIds: z.array(id).min(1).max(500),
				/** The day of the decision; she is a member from then. */
				on: day,
				minutes: text(300).min(1, { error: "Hãy ghi biên bản hoặc quyết định công nhận." }),
			}),
		)
		.output(z.object({ recognised: z.int() })),
	decline: writes("members.write", "/members/decline", "Không công nhận đề nghị kết nạp")
		.input(z.object({ spellId: id, on: day, reason: text(300).min(1, { error: "Hãy ghi lý do." }) }))
		.output(done),
	edit: writes("members.write", "/members/edit", "Sửa hồ sơ hội viên")
		.input(
			z.object({
				...onPerson,
				name: personFields.name.optional(),
				birth: personFields.birth.optional(),
				sex: z.enum(["female", "male"]).optional(),
				phone: personFields.phone.optional(),
				address: personFields.address.optional(),
				occupation: personFields.occupation.optional(),
				note: personFields.note.optional(),
				addIds: z.array(text(60)).max(5).optional(),
				/** `ref` of masked ids. */
				removeIds: z.array(z.string().max(64)).max(5).optional(),
				spell: z
					.object({
						id,
						joined: day.optional(),
						left: day.nullable().optional(),
						leaveReason: leaveReason.nullable().optional(),
						residences: z.array(residenceInput).min(1).max(20).optional(),
						introducedBy: id.nullable().optional(),
						introducerName: text(200).optional(),
					})
					.optional(),
			}),
		)
		.output(saved),
	editSensitive: writes("members.sensitive", "/members/edit-sensitive", "Sửa dữ liệu cá nhân nhạy cảm")
		.input(
			z.object({
				...onPerson,
				ethnicity: text(100).optional(),
				religion: text(100).optional(),
				partyMember: z.boolean().nullable().optional(),
				health: lines(1000).optional(),
			}),
		)
		.output(saved),
	setHonorary: writes("members.write", "/members/set-honorary", "Ghi nhận hoặc thôi hội viên danh dự")
		.input(z.object({ ...onPerson, honorary: z.boolean() }))
		.output(saved),
	setCore: writes("members.write", "/members/set-core", "Ghi nhận hoặc thôi hội viên nòng cốt")
		.input(z.object({ ...onPerson, coreMember: z.boolean() }))
		.output(saved),
	end: writes("members.write", "/members/end", "Ra khỏi tổ chức Hội, qua đời, chuyển đi")
		.input(z.object({ ...onPerson, spellId: id, left: day, reason: leaveReason }))
		.output(saved),
	reopen: writes("members.write", "/members/reopen", "Bỏ ghi nhận đã ra khỏi tổ chức Hội (ghi nhầm)")
		.input(z.object({ ...onPerson, spellId: id }))
		.output(saved),
	moveBranch: writes("members.write", "/members/move-branch", "Chuyển chi hội, tổ trong cùng xã từ một ngày")
		.input(z.object({ spellIds: z.array(id).min(1).max(500), leafId: unitId, from: day }))
		.output(z.object({ moved: z.int() })),

	transfer: writes("members.write", "/members/transfer", "Đề nghị chuyển sinh hoạt Hội (nơi đi hoặc nơi đến)")
		.input(
			z.object({
				/** The origin names the spell; the destination names her by CCCD/CMND. */
				spellId: id.optional(),
				nationalId: text(60).optional(),
				toUnitId: unitId,
				/** The day she moved: the start of her residence at the destination. */
				onDay: day,
				residence: residenceKind,
				note: text(1000).default(""),
			}),
		)
		.output(transfer),
	accept: writes("members.write", "/members/accept", "Tiếp nhận hội viên, hoặc nơi chuyển đi đồng ý")
		.input(
			z.object({
				id,
				/** The branch she joins; default the one asked for. */
				leafId: unitId.optional(),
				/** The day of acceptance; default today. */
				on: day.optional(),
			}),
		)
		.output(transfer),
	declineTransfer: writes("members.write", "/members/decline-transfer", "Không tiếp nhận")
		.input(z.object({ id, reason: text(500).default("") }))
		.output(transfer),
	cancelTransfer: writes("members.write", "/members/cancel-transfer", "Rút lại đề nghị chuyển sinh hoạt")
		.input(z.object({ id }))
		.output(transfer),

	merge: writes("members.write", "/members/merge", "Gộp hồ sơ trùng")
		.input(z.object({ keptId: id, keptVersion: z.int(), mergedId: id, mergedVersion: z.int() }))
		.output(z.object({ mergeId: id, personId: id })),
	split: writes("members.write", "/members/split", "Tách lại hai hồ sơ đã gộp")
		.input(z.object({ mergeId: id }))
		.output(z.object({ keptId: id, mergedId: id })),

	addAffiliation: writes("members.write", "/members/add-affiliation", "Ghi nhận sinh hoạt tại CLB, cơ sở Hội đặc thù")
		.input(z.object({ personId: id, unitId, since: day, until: day.nullable().default(null) }))
		.output(done),
	endAffiliation: writes("members.write", "/members/end-affiliation", "Thôi sinh hoạt tại CLB, cơ sở Hội đặc thù")
		.input(z.object({ id, until: day }))
		.output(done),
	addPost: writes("members.write", "/members/add-post", "Ghi nhận chức danh")
		.input(z.object({ personId: id, unitId, post: postName, since: day, until: day.nullable().default(null) }))
		.output(done),
	endPost: writes("members.write", "/members/end-post", "Thôi giữ chức danh")
		.input(z.object({ id, until: day }))
		.output(done),
	giveConsent: writes(
		"members.write",
		"/members/give-consent",
		"Ghi nhận đồng ý cung cấp thông tin (một hoặc nhiều người)",
	)
		.input(
			z.object({
				personIds: z.array(id).min(1).max(2000),
				purpose: consentPurpose,
				givenOn: day,
				how: consentHow,
				textVersion: text(100).min(1, { error: "Hãy ghi phiên bản nội dung đồng ý." }),
				document,
			}),
		)
		.output(z.object({ given: z.int() })),
	withdrawConsent: writes("members.write", "/members/withdraw-consent", "Ghi nhận rút lại đồng ý")
		.input(z.object({ personId: id, purpose: consentPurpose, on: day }))
		.output(z.object({ withdrawn: z.int() })),
	addAway: writes("members.write", "/members/add-away", "Ghi nhận đi làm ăn xa")
		.input(
			z.object({
				spellId: id,
				since: day,
				until: day.nullable().default(null),
				kind: awayKind,
				place: text(300).default(""),
				paysDues: z.boolean().nullable().default(null),
				takesPart: takesPart.default("no"),
			}),
		)
		.output(done),
	endAway: writes("members.write", "/members/end-away", "Đã trở về")
		.input(z.object({ id, until: day }))
		.output(done),
};

/** What a store function of this area receives: the endpoint's parsed input. */
export type MembersInput<Key extends keyof typeof membersContract> = z.output<
	NonNullable<(typeof membersContract)[Key]["~orpc"]["inputSchema"]>
>;
