import type { Page } from "playwright-core";

/** Fills in the sign-in page and sends it. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
	await page.getByLabel("Tên đăng nhập").fill(username);
	await page.getByLabel("Mật khẩu").fill(password);
	await page.getByRole("button", { name: "Đăng nhập", exact: true }).click();
}

/** Signs in with a one-time password and fills in one of her own, up to the button. */
export async function firstSignIn(page: Page, username: string, oneTime: string, own: string): Promise<void> {
	await signIn(page, username, oneTime);
	await page.getByRole("heading", { name: "Chọn mật khẩu của chị" }).waitFor();
	await page.getByLabel("Mật khẩu dùng một lần vừa nhập").fill(oneTime);
	await page.getByLabel(/^Mật khẩu mới/).fill(own);
	await page.getByLabel("Nhập lại mật khẩu mới").fill(own);
}

/** The button {@link firstSignIn} stops at; then the page she wanted. */
export async function choosePassword(page: Page): Promise<void> {
	await page.getByRole("button", { name: "Đổi mật khẩu" }).click();
	await page.getByRole("banner").waitFor();
}

/** Leaves by the button every page has. */
export async function signOut(page: Page): Promise<void> {
	await page.getByRole("banner").getByRole("button", { name: "Đăng xuất" }).click();
	await page.waitForURL("**/sign-in");
}
