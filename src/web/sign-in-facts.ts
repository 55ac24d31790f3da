/** What `/sign-in.json` says of this server before anyone has signed in. */
export type SignInFacts = {
	demo?: boolean;
	accounts?: { username: string; password: string; who: string }[];
	/** The host at which a device's own lock signs in here. */
	passkeyHost?: string;
	/** The organisation has a sign-in service of its own. */
	openId?: boolean;
};
