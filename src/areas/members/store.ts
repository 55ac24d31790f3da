import type { StoreOf } from "../store-of.ts";
import type { membersContract } from "./contract.ts";
import { addMember, declineProposal, proposeMember, recogniseMembers } from "./store-add.ts";
import { addAffiliation, addAway, addPost, endAffiliation, endAway, endPost } from "./store-beside.ts";
import { moveBranch } from "./store-branches.ts";
import { recordConsent, withdrawConsent } from "./store-consent.ts";
import { findDuplicates, judgeDuplicate, listDuplicatePairs } from "./store-duplicates.ts";
import { editMember, editSensitive, endMember, reopenMember, setCore, setHonorary } from "./store-edit.ts";
import { listMembers } from "./store-list.ts";
import { mergePersons, splitPersons } from "./store-merge.ts";
import { readSensitive, revealIds, showMember } from "./store-person.ts";
import { listPosts } from "./store-posts.ts";
import { listAffiliated, listDuplicates, searchByNumber } from "./store-search.ts";
import { countTodo, listSixMonths } from "./store-todo.ts";
import { acceptTransfer, askTransfer, cancelTransfer, declineTransfer, listTransfers } from "./store-transfers.ts";

/** Who is a member, where, and since when (R2, R3, R7, R9, R10, R13, R45). */
export const members: StoreOf<typeof membersContract> = {
	list: listMembers,
	search: searchByNumber,
	show: showMember,
	sensitive: readSensitive,
	revealId: revealIds,
	sixMonths: listSixMonths,
	todo: countTodo,
	duplicates: listDuplicates,
	duplicatePairs: listDuplicatePairs,
	findDuplicates,
	judgeDuplicate,
	transfers: listTransfers,
	affiliated: listAffiliated,
	posts: listPosts,

	add: addMember,
	propose: proposeMember,
	recognise: recogniseMembers,
	decline: declineProposal,
	edit: editMember,
	editSensitive,
	setHonorary,
	setCore,
	end: endMember,
	reopen: reopenMember,
	moveBranch,

	transfer: askTransfer,
	accept: acceptTransfer,
	declineTransfer,
	cancelTransfer,

	merge: mergePersons,
	split: splitPersons,

	addAffiliation,
	endAffiliation,
	addPost,
	endPost,
	giveConsent: recordConsent,
	withdrawConsent,
	addAway,
	endAway,
};
