import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** An HTML report as a browser without a network shows it. */
export interface ReadReport {
	/** Every request that it makes. */
	requests: string[];
	/** What the browser says on its console, such as what the content security policy forbids. */
	complaints: string[];
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
	/** Pages when printed on A4. */
	pagesA4: number;
	/** Images on all pages of A4 together; one that is cut in two is on two pages. */
	imagesA4: number;
	/** Pages when printed on US Letter. */
	pagesLetter: number;
	/** Images on all pages of US Letter together. */
	imagesLetter: number;
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
		const complaints: string[] = [];
		page.on('console', (message) => complaints.push(message.text()));
		page.on('pageerror', ({ message }) => complaints.push(message));
		await page.goto(`file://${path}`);
		const pictures = await page.evaluate<ReadReport['pictures']>(
			'Array.from(document.images, ({ naturalWidth: width, naturalHeight: height }) => ({ width, height }))',
		);
		const links = await page.evaluate<string[]>('Array.from(document.links, ({ href }) => href)');
		const captions = await page.locator('figcaption').allInnerTexts();
		const gaps = await page.locator('.gap').allInnerTexts();
		const text = await page.locator('body').innerText();
		const a4 = await page.pdf({ format: 'A4' });
		const letter = await page.pdf({ format: 'Letter' });
		const keep = process.env['REPORT_PICTURES'];
		if (keep !== undefined && name !== undefined)
			await page.screenshot({ path: join(keep, `${name}.png`), fullPage: true });
		return {
			...{ requests, complaints, pictures, captions, gaps, links, text },
			pagesA4: countIn(a4, PAGE),
			imagesA4: countIn(a4, IMAGE_ON_PAGE),
			pagesLetter: countIn(letter, PAGE),
			imagesLetter: countIn(letter, IMAGE_ON_PAGE),
		};
	} finally {
		await browser.close();
		await rm(folder, { recursive: true, force: true });
	}
}

const PAGE = /\/Type\s*\/Page\b/g;

/** Entry in the list of what a page shows. */
const IMAGE_ON_PAGE = /\/X\d+ \d+ 0 R/g;

/** Chromium writes the objects of its pages uncompressed. */
function countIn(pdf: Buffer, entry: RegExp): number {
	return pdf.toString('latin1').match(entry)?.length ?? 0;
}
