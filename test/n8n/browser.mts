import { chromium, selectors, type Page } from 'playwright-core';
import { DEMO_LOGIN } from './client.mts';

/** Chromium as Debian installs it, unless told otherwise. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

// The attribute by which n8n marks the parts of its editor.
selectors.setTestIdAttribute('data-test-id');

/** Opens a page of n8n's editor, logged in, hands it to `use`, and closes the browser. */
export async function withEditorPage(
	url: string,
	use: (page: Page) => Promise<void>,
): Promise<void> {
	const { page, close } = await openEditorPage(url);
	try {
		await use(page);
	} finally {
		await close();
	}
}

/** Opens a page of n8n's editor in a browser of its own, logged in. */
export async function openEditorPage(
	url: string,
): Promise<{ page: Page; close: () => Promise<void> }> {
	const browser = await chromium.launch({ executablePath: CHROMIUM });
	const close = async () => {
		await browser.close();
	};
	try {
		const viewport = { width: 1440, height: 1000 };
		const context = await browser.newContext({ baseURL: url, viewport, deviceScaleFactor: 1.25 });
		// The editor asks the internet for news, and works without.
		await context.route(
			(address) => address.origin !== url,
			async (route) => {
				await route.abort();
			},
		);
		const page = await context.newPage();
		const { email, password } = DEMO_LOGIN;
		const answer = await page.request.post('/rest/login', {
			data: { emailOrLdapLoginId: email, password },
		});
		if (!answer.ok()) throw new Error(`n8n refused the login: ${String(answer.status())}`);
		return { page, close };
	} catch (error) {
		await close();
		throw error;
	}
}
