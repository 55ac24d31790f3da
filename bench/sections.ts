/** The sections in the order of issue and table; each is a file of its name. */
export const SECTIONS: readonly { name: string; title: string }[] = [
	{ name: "country", title: "A synthetic country" },
	{ name: "rates", title: "Rates" },
	{ name: "write", title: "Writes" },
	{ name: "import", title: "Import" },
	{ name: "search", title: "Search and lists" },
	{ name: "evening", title: "The last evening" },
	{ name: "duplicates", title: "Duplicates" },
	{ name: "page", title: "The page" },
	{ name: "weight", title: "The page's weight" },
	{ name: "small", title: "Small too" },
];
