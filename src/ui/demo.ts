import { createContext } from "react";

/** Whether what is shown is the synthetic demo; then every picture carries "Dữ liệu minh họa", on the screen and saved. */
export const Demo = createContext(false);

export const DEMO_WORDS = "Dữ liệu minh họa";
