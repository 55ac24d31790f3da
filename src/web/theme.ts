import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const plum: MantineColorsTuple = [
	"#f6edf3",
	"#ecdae5",
	"#dab5ca",
	"#c88dae",
	"#b96c97",
	"#a84f82",
	"#91396b",
	"#7a2858",
	"#652049",
	"#4f1739",
];

/** Mantine in the look of `ui/look.css`: one plum, 16 px words, controls that a thumb meets. Light only: printed and read in the sun. */
export const theme = createTheme({
	fontFamily: '"Be Vietnam Pro", system-ui, sans-serif',
	headings: {
		fontFamily: '"Be Vietnam Pro", system-ui, sans-serif',
		fontWeight: "600",
	},
	colors: { plum },
	primaryColor: "plum",
	primaryShade: 7,
	defaultRadius: 10,
	black: "#221c24",
	fontSizes: { sm: "16px" },
	fontWeights: { regular: "400", medium: "600", bold: "700" },
	cursorType: "pointer",
	focusClassName: "",
	respectReducedMotion: true,
});

/** Mantine's greys and its red are too light for small words on white: contrast AA, and the edge of a field that can be seen. */
export const contrast: CSSVariablesResolver = () => ({
	variables: {},
	light: {
		"--mantine-color-dimmed": "#655c69",
		"--mantine-color-error": "#9f1239",
		"--mantine-color-placeholder": "#6f6672",
		"--mantine-color-default-border": "#8d8191",
		"--mantine-color-gray-4": "#8d8191",
	},
	dark: {},
});
