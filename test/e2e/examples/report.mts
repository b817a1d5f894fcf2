import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** An HTML report as a browser without a network shows it. */
export interface ReadReport {
	/** Every request that it makes. */
	requests: string[];
	/** Size of each picture in pixels; 0 for one that does not render. */
	pictures: Array<{ width: number; height: number }>;
	/** Text under each picture. */
	captions: string[];
	/** The texts in place of missing images. */
	gaps: string[];
	/** Addresses that it links to, in the order of the page. */
	links: string[];
	/** All text as people see it. */
	text: string;
	/** Printed on A4. */
	pagesA4: number;
	/** Printed on US Letter. */
	pagesLetter: number;
}

/**
 * Opens an HTML document in Chromium and prints it.
 *
 * @param name of the screenshot that is kept for the documentation if the variable REPORT_PICTURES names a folder
 */
export async function readReport(html: string, name?: string): Promise<ReadReport> {
	const folder = await mkdtemp(join(tmpdir(), 'report-'));
	const browser = await chromium.launch({
		executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
	});
	try {
		const path = join(folder, 'report.html');
		await writeFile(path, html);
		const context = await browser.newContext({
			offline: true,
			viewport: { width: 860, height: 1120 },
		});
		const page = await context.newPage();
		const requests: string[] = [];
		page.on('request', (request) => {
			if (!/^(file|data):/.test(request.url())) requests.push(request.url());
		});
		await page.goto(`file://${path}`);
		const pictures = await page.evaluate<ReadReport['pictures']>(
			'Array.from(document.images, ({ naturalWidth: width, naturalHeight: height }) => ({ width, height }))',
		);
		const links = await page.evaluate<string[]>('Array.from(document.links, ({ href }) => href)');
		const captions = await page.locator('figcaption').allInnerTexts();
		const gaps = await page.locator('.gap').allInnerTexts();
		const text = await page.locator('body').innerText();
		const [pagesA4, pagesLetter] = [
			countPages(await page.pdf({ format: 'A4' })),
			countPages(await page.pdf({ format: 'Letter' })),
		];
		const keep = process.env['REPORT_PICTURES'];
		if (keep !== undefined && name !== undefined)
			await page.screenshot({ path: join(keep, `${name}.png`), fullPage: true });
		return { requests, pictures, captions, gaps, links, text, pagesA4, pagesLetter };
	} finally {
		await browser.close();
		await rm(folder, { recursive: true, force: true });
	}
}

/** Chromium writes the objects of its pages uncompressed. */
function countPages(pdf: Buffer): number {
	return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}
