import { jsonOf } from "./answer.ts";
import { askDevice } from "./device.ts";
import { forgetSession } from "./kept-session.ts";
import type { SignInFacts } from "./sign-in-facts.ts";
import { nextPage, refusalWords } from "./sign-in-words.ts";

// The sign-in page: no framework, so that its first content stands within a second on a slow line (design §8).

const NOT_LET_IN =
	"Chưa đăng nhập được bằng tài khoản của cơ quan. Nếu chưa liên kết, hãy đăng nhập bằng mật khẩu rồi liên kết ở trang Tài khoản của tôi.";

const passwordForm = byId("password-form", HTMLFormElement);
const codeForm = byId("code-form", HTMLFormElement);
const pinForm = byId("pin-form", HTMLFormElement);
const pin = byId("pin", HTMLInputElement);
const username = byId("username", HTMLInputElement);
const password = byId("password", HTMLInputElement);
const code = byId("code", HTMLInputElement);

passwordForm.addEventListener("submit", (event) => {
	event.preventDefault();
	send(passwordForm, "problem", "/api/auth/sign-in/username", "password", {
		username: username.value.trim(),
		password: password.value,
	});
});

codeForm.addEventListener("submit", (event) => {
	event.preventDefault();
	send(codeForm, "code-problem", `/api/auth/two-factor/verify-${byBackup ? "backup-code" : "totp"}`, "code", {
		code: code.value.replace(/\s/g, "").toLowerCase(),
		trustDevice: byId("trust", HTMLInputElement).checked,
	});
});

pinForm.addEventListener("submit", (event) => {
	event.preventDefault();
	sendPin();
});

byId("by-password", HTMLButtonElement).addEventListener("click", () => showStep("password"));

byId("show", HTMLButtonElement).addEventListener("click", (event) => {
	const shown = password.type === "text";
	password.type = shown ? "password" : "text";
	const button = event.currentTarget as HTMLButtonElement;
	button.textContent = shown ? "Hiện" : "Ẩn";
	button.setAttribute("aria-pressed", String(!shown));
});

byId("passkey", HTMLButtonElement).addEventListener("click", usePasskey);
byId("by-backup", HTMLButtonElement).addEventListener("click", askBackupCode);
byId("openid", HTMLButtonElement).addEventListener("click", useOpenId);
byId("back", HTMLButtonElement).addEventListener("click", () => showStep("password"));

passwordForm.addEventListener("input", fetchApp, { once: true });
passwordForm.addEventListener("focusin", fetchApp, { once: true });
// Whoever signs in now is not taken for whoever was here before.
forgetSession();
showFacts();
showDevice();
if (new URLSearchParams(location.search).has("error")) say(byId("problem", HTMLElement), NOT_LET_IN);
if (matchMedia("(pointer: fine)").matches) username.focus();

/** Whether the second step is one of the codes she wrote down when she set it up. */
let byBackup = false;

function askBackupCode(event: Event) {
	byBackup = true;
	byId("code-label", HTMLElement).textContent = "Mã dự phòng (mỗi mã dùng một lần)";
	code.inputMode = "text";
	code.autocomplete = "off";
	code.value = "";
	code.focus();
	(event.currentTarget as HTMLButtonElement).hidden = true;
}

async function send(
	form: HTMLFormElement,
	problemId: string,
	address: string,
	step: "password" | "code",
	body: Record<string, unknown>,
) {
	const problem = byId(problemId, HTMLElement);
	const button = submitOf(form);
	problem.hidden = true;
	button.disabled = true;
	try {
		const response = await post(address, body);
		const answer = await jsonOf<{ twoFactorRedirect?: boolean; message?: string }>(response);
		if (response.ok && !answer?.twoFactorRedirect) return location.replace(nextPage(location.search));
		if (response.ok) showStep("code");
		else if (byBackup && response.status === 401 && answer?.message) say(problem, answer.message);
		else say(problem, refusalWords(response.status, step, Number(response.headers.get("retry-after")) || undefined));
	} catch {
		say(problem, "Không kết nối được máy chủ. Kiểm tra mạng rồi thử lại.");
	}
	button.disabled = false;
}

function say(problem: HTMLElement, words: string) {
	problem.textContent = words;
	problem.hidden = false;
}

function showStep(step: "password" | "code" | "pin") {
	passwordForm.hidden = step !== "password";
	codeForm.hidden = step !== "code";
	pinForm.hidden = step !== "pin";
	({ password: username, code, pin })[step].focus();
}

/** A phone that has accepted an invitation is asked for its PIN first. */
async function showDevice() {
	const asked = await askDevice<{ name: string; attemptsLeft: number } | null>("");
	if (!asked.ok || !asked.answer || asked.answer.attemptsLeft === 0) return;
	byId("pin-name", HTMLElement).textContent = asked.answer.name;
	pinForm.addEventListener("input", fetchApp, { once: true });
	showStep("pin");
}

async function sendPin() {
	const button = submitOf(pinForm);
	button.disabled = true;
	const sent = await askDevice("/sign-in", { pin: pin.value });
	if (sent.ok) return location.replace(nextPage(location.search));
	say(byId("pin-problem", HTMLElement), sent.words);
	pin.value = "";
	button.disabled = false;
}

/** Fetches the app's first files while she types; the browser keeps them for the page after this one. */
function fetchApp() {
	const files = JSON.parse(byId("app-files", HTMLElement).textContent || "[]") as string[];
	for (const file of files) {
		const link = document.createElement("link");
		link.rel = "prefetch";
		link.href = file;
		// The app asks for its modules and fonts with cross-origin rules; the cache keeps them apart from others.
		if (!file.endsWith(".css")) link.crossOrigin = "anonymous";
		link.as = file.endsWith(".css") ? "style" : file.endsWith(".js") ? "script" : "font";
		document.head.append(link);
	}
}

/** What stands beside the form; where it cannot be asked, name and password still do. */
async function showFacts() {
	const facts: SignInFacts = await fetch("/sign-in.json")
		.then((response) => (response.ok ? response.json() : {}))
		.catch(() => ({}));
	byId("passkey", HTMLButtonElement).hidden = facts.passkeyHost !== location.hostname || !canUsePasskeys();
	byId("openid", HTMLButtonElement).hidden = !facts.openId;
	if (!facts.demo) return;
	byId("demo", HTMLElement).hidden = false;
	byId("demo-accounts", HTMLElement).append(...(facts.accounts ?? []).map(demoAccount));
}

type DemoAccount = NonNullable<SignInFacts["accounts"]>[number];

function demoAccount(account: DemoAccount): HTMLLIElement {
	const name = document.createElement("b");
	name.textContent = account.username;
	const button = document.createElement("button");
	button.type = "button";
	button.append(name, ` / ${account.password}`, document.createElement("br"), account.who);
	button.addEventListener("click", () => {
		username.value = account.username;
		password.value = account.password;
		fetchApp();
		submitOf(passwordForm).focus();
	});
	const item = document.createElement("li");
	item.append(button);
	return item;
}

function canUsePasskeys(): boolean {
	return (
		window.isSecureContext && "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential
	);
}

/** Signs in by the lock of the device: the server's challenge, the device's answer. */
async function usePasskey() {
	const problem = byId("problem", HTMLElement);
	problem.hidden = true;
	try {
		const asked = await fetch("/api/auth/passkey/generate-authenticate-options");
		if (!asked.ok) return say(problem, refusalWords(asked.status, "password"));
		const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await asked.json());
		const credential = (await navigator.credentials.get({
			publicKey,
		})) as PublicKeyCredential | null;
		if (!credential) return;
		const answer = await post("/api/auth/passkey/verify-authentication", {
			response: credential.toJSON(),
		});
		if (answer.ok) location.replace(nextPage(location.search));
		else {
			const refused = await jsonOf<{ message?: string }>(answer);
			say(problem, refused?.message ?? refusalWords(answer.status, "password"));
		}
	} catch {
		say(problem, "Chưa xác nhận được trên máy. Hãy thử lại hoặc đăng nhập bằng mật khẩu.");
	}
}

/** Goes to the organisation's own sign-in service, which sends her back signed in. */
async function useOpenId() {
	const problem = byId("problem", HTMLElement);
	problem.hidden = true;
	try {
		const asked = await post("/api/auth/sign-in/social", {
			provider: "openid",
			callbackURL: nextPage(location.search),
			errorCallbackURL: "/sign-in",
		});
		const answer = (await asked.json()) as { url?: string; message?: string };
		if (asked.ok && answer.url) location.assign(answer.url);
		else say(problem, answer.message ?? refusalWords(asked.status, "password"));
	} catch {
		say(problem, "Không kết nối được máy chủ. Kiểm tra mạng rồi thử lại.");
	}
}

function post(address: string, body: Record<string, unknown>): Promise<Response> {
	return fetch(address, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(body),
	});
}

function submitOf(form: HTMLFormElement): HTMLButtonElement {
	return form.querySelector("[type=submit]") as HTMLButtonElement;
}

function byId<E extends HTMLElement>(id: string, kind: new () => E): E {
	const found = document.getElementById(id);
	if (!(found instanceof kind)) throw new Error(`#${id} is not in sign-in.html`);
	return found;
}
