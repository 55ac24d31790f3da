import { useQuery } from "@tanstack/react-query";
import { askJson } from "../../web/ask.ts";
import type { SignInFacts } from "../../web/sign-in-facts.ts";

/** Which ways to sign in this server has, as it tells the sign-in page. */
export function useWaysIn() {
	return useQuery({ queryKey: ["sign-in"], queryFn: () => askJson<SignInFacts>("/sign-in.json") });
}
