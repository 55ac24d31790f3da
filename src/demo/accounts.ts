import type { Role } from "../areas/access/rules.ts";

/** An account of the demo. `unit` is the key of a built-in unit that lives today; `branch` says that it is that one's first branch. */
export interface DemoAccount {
	username: string;
	displayName: string;
	role: Role;
	unit: string;
	branch?: true;
}

/** The password of every demo account: the demo holds nothing real, and its sign-ins are printed on the console. */
export const DEMO_PASSWORD = "minh-hoa-2026";

/** One account a role, at units worth looking at: both provinces with rosters, and a ward just under 60 %. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
	{ username: "trunguong", displayName: "Cán bộ Trung ương (minh họa)", role: "centre", unit: "centre" },
	{ username: "cum", displayName: "Cán bộ Cụm thi đua (minh họa)", role: "cluster", unit: "cluster:CUM4" },
	{ username: "tinh.laichau", displayName: "Cán bộ tỉnh Lai Châu (minh họa)", role: "province", unit: "new:12" },
	{ username: "tp.hue", displayName: "Cán bộ thành phố Huế (minh họa)", role: "province", unit: "new:46" },
	{
		username: "xa.kimlong",
		displayName: "Chủ tịch Hội phường Kim Long (minh họa)",
		role: "commune_chair",
		unit: "new:19774",
	},
	{
		username: "xa.binhlu",
		displayName: "Chủ tịch Hội xã Bình Lư (minh họa)",
		role: "commune_chair",
		unit: "new:03390",
	},
	{
		username: "nhaplieu",
		displayName: "Cán bộ nhập liệu phường Kim Long (minh họa)",
		role: "commune_clerk",
		unit: "new:19774",
	},
	{
		username: "chihoi",
		displayName: "Chi hội trưởng ở phường Kim Long (minh họa)",
		role: "branch_head",
		unit: "new:19774",
		branch: true,
	},
	{ username: "kiemtra", displayName: "Cán bộ kiểm tra thành phố Huế (minh họa)", role: "auditor", unit: "new:46" },
];
