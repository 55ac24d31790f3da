import { accountAdd } from "./account-add.ts";
import { backup } from "./backup.ts";
import type { Command } from "./command.ts";
import { databasesList } from "./databases-list.ts";
import { databasesRemove } from "./databases-remove.ts";
import { databasesUse } from "./databases-use.ts";
import { demoCountry } from "./demo-country.ts";
import { documentsExport } from "./documents-export.ts";
import { effectShow } from "./effect-show.ts";
import { emulationSet } from "./emulation-set.ts";
import { emulationShow } from "./emulation-show.ts";
import { gatheringExplain } from "./gathering-explain.ts";
import { gatheringRates } from "./gathering-rates.ts";
import { headcountsImport } from "./headcounts-import.ts";
import { membersDuplicates } from "./members-duplicates.ts";
import { membersImport } from "./members-import.ts";
import { membersList } from "./members-list.ts";
import { modelsList } from "./models-list.ts";
import { modelsShow } from "./models-show.ts";
import { populationsImport } from "./populations-import.ts";
import { reportsApprove } from "./reports-approve.ts";
import { reportsClose } from "./reports-close.ts";
import { reportsExport } from "./reports-export.ts";
import { reportsOpen } from "./reports-open.ts";
import { reportsReturn } from "./reports-return.ts";
import { reportsShow } from "./reports-show.ts";
import { reportsSubmit } from "./reports-submit.ts";
import { restore } from "./restore.ts";
import { serve } from "./serve.ts";
import { supportExport } from "./support-export.ts";
import { supportList } from "./support-list.ts";
import { supportOpen } from "./support-open.ts";
import { supportShow } from "./support-show.ts";
import { targetsProgress } from "./targets-progress.ts";
import { targetsPropose } from "./targets-propose.ts";
import { targetsSet } from "./targets-set.ts";
import { targetsShow } from "./targets-show.ts";
import { targetsTerms } from "./targets-terms.ts";
import { unitsReorganisations } from "./units-reorganisations.ts";
import { unitsReorganise } from "./units-reorganise.ts";
import { unitsShow } from "./units-show.ts";
import { unitsTree } from "./units-tree.ts";
import { verify } from "./verify.ts";

/** Every command of `taphop`, in the order the usage shows them. */
export const COMMANDS: readonly Command[] = [
	membersImport,
	membersList,
	membersDuplicates,
	populationsImport,
	headcountsImport,
	gatheringRates,
	gatheringExplain,
	targetsPropose,
	targetsSet,
	targetsShow,
	targetsProgress,
	targetsTerms,
	emulationShow,
	emulationSet,
	modelsShow,
	modelsList,
	effectShow,
	reportsOpen,
	reportsShow,
	reportsSubmit,
	reportsApprove,
	reportsReturn,
	reportsClose,
	reportsExport,
	supportList,
	supportOpen,
	supportShow,
	supportExport,
	documentsExport,
	unitsShow,
	unitsTree,
	unitsReorganise,
	unitsReorganisations,
	verify,
	backup,
	restore,
	databasesList,
	databasesRemove,
	databasesUse,
	serve,
	accountAdd,
	demoCountry,
];
