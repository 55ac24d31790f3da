/** What stands wherever the demo's data are shown. */
export const DEMO_NOTE = "Dữ liệu minh họa";
