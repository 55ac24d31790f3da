import { askDevice } from "./device.ts";

// The page an invitation opens on a phone: no framework, like the sign-in page. The token stands after the #, where no server sees it.

const token = location.hash.slice(1);
const form = byId("pin-form", HTMLFormElement);
const pin = byId("pin", HTMLInputElement);
const again = byId("again", HTMLInputElement);

form.addEventListener("submit", (event) => {
	event.preventDefault();
	accept();
});
greet();

async function greet() {
	const asked = await askDevice<{ name: string }>("/invitation", { token });
	if (!asked.ok) return end(asked.words);
	byId("name", HTMLElement).textContent = asked.answer.name;
	form.hidden = false;
	pin.focus();
}

async function accept() {
	if (!/^\d{6}$/.test(pin.value)) return say("Mã PIN gồm đúng sáu chữ số.");
	if (pin.value !== again.value) return say("Hai lần nhập chưa giống nhau.");
	const button = form.querySelector("button") as HTMLButtonElement;
	button.disabled = true;
	const accepted = await askDevice("/accept", { token, pin: pin.value });
	if (accepted.ok) return location.replace("/");
	say(accepted.words);
	button.disabled = false;
}

function say(words: string) {
	const problem = byId("problem", HTMLElement);
	problem.textContent = words;
	problem.hidden = false;
}

function end(words: string) {
	byId("over-problem", HTMLElement).textContent = words;
	byId("over", HTMLElement).hidden = false;
}

function byId<E extends HTMLElement>(id: string, kind: new () => E): E {
	const found = document.getElementById(id);
	if (!(found instanceof kind)) throw new Error(`#${id} is not in invitation.html`);
	return found;
}
