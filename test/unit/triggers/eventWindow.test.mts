import type { IHttpRequestOptions, IPollFunctions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { EVENT_KINDS } from '../../../nodes/Motive/triggers/eventKinds.ts';
import { readWindow } from '../../../nodes/Motive/triggers/eventWindow.ts';
import { node } from '../transport/n8nErrors.mts';
import { inJumpingTime } from './jumpingTime.mts';

const HOUR = 3_600_000;

/** How long a page takes (ms): two of them take half of the longest poll. */
const PAGE_MS = 11_250;

interface Setup {
	kind?: string;
	/** Entries of the list, one on each page. */
	events?: object[];
	/** Status of the answer to the nth request, from 0; 200 unless given. */
	statuses?: number[];
	/** How many entries the answer to the nth request counts, from 0; all unless given. */
	totals?: number[];
	/** How long n8n lets a poll take (ms); unless given it does not say. */
	budget?: number;
	/** The page to begin with. */
	page?: number;
	/** How long each answer takes (ms). */
	answerMs?: number;
}

let accounts = 0;

const SIX = [1, 2, 3, 4, 5, 6].map((id) => ({ id, start_time: '2026-07-02T06:00:00Z' }));

/** What is read of the last 24 hours, and what Motive was asked for it. */
async function read(setup: Setup = {}) {
	const { events = SIX, statuses = [], totals = [], budget, page = 1, answerMs = PAGE_MS } = setup;
	const kind = EVENT_KINDS.find(({ name }) => name === (setup.kind ?? 'safetyEvent'));
	if (!kind) throw new Error('There is no such kind');
	const sent: IHttpRequestOptions[] = [];
	const apiKey = `account ${accounts++}`;
	const answer = (nth: number, { qs }: IHttpRequestOptions) => {
		const at = Number(qs?.['page_no']) - 1;
		const total = totals[nth] ?? events.length;
		return {
			statusCode: statuses[nth] ?? 200,
			body: { [kind.list.plural]: events.slice(at, at + 1), pagination: { total } },
			headers: {},
		};
	};
	const context = {
		getNode: () => node,
		getTimezone: () => 'UTC',
		getCredentials: () => Promise.resolve({ apiKey, baseUrl: 'https://api.gomotive.com' }),
		...(budget !== undefined && { getPollBudgetMs: () => budget }),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => {
				const nth = sent.push(options) - 1;
				await new Promise((resolve) => setTimeout(resolve, answerMs));
				return answer(nth, options);
			},
		},
	} as unknown as IPollFunctions;
	return await inJumpingTime(async () => {
		const now = Date.now();
		const { events: found, nextPage } = await readWindow(context, kind, {
			...{ from: now - 24 * HOUR, now, page },
		});
		return {
			sent: sent.map(({ qs }) => qs),
			pages: sent.map(({ qs }) => qs?.['page_no'] as number),
			timeouts: sent.map(({ timeout }) => timeout),
			found: found.map(({ key }) => key),
			nextPage,
		};
	});
}

describe('The window of a poll', () => {
	it('is asked for in whole days, wherever the company is', async () => {
		const { sent, found, nextPage } = await read({ events: SIX.slice(0, 1) });
		expect(sent).toEqual([
			{ start_date: '2026-07-01', end_date: '2026-07-03', per_page: 100, page_no: 1 },
		]);
		expect(found).toEqual(['1']);
		expect(nextPage).toBe(1);
	});

	it('has events with pictures or videos only, where it is about those', async () => {
		const url = 'https://media.example/1.jpg';
		const events = [
			{
				id: 1,
				camera_media: { available: true, downloadable_images: { front_facing_jpg_url: url } },
			},
			{ id: 2 },
		];
		const { sent, found } = await read({ kind: 'safetyEventMedia', events, answerMs: 0 });
		expect(sent[0]).toMatchObject({ media_required: true, start_date: '2026-07-01' });
		expect(found).toEqual(['1']);
	});

	it.each([
		['does not say how long it may take', undefined],
		['would give it ten minutes', 600_000],
	])('is read for half of 45 seconds where n8n %s', async (_, budget) => {
		expect(await read(budget === undefined ? {} : { budget })).toMatchObject({
			pages: [1, 2, 3],
			timeouts: [45_000, 33_750, 22_500],
			found: ['1', '2', '3'],
			nextPage: 4,
		});
	});

	it('is read for half of the time that n8n gives it', async () => {
		expect(await read({ budget: 20_000 })).toMatchObject({
			pages: [1],
			timeouts: [20_000],
			nextPage: 2,
		});
	});

	it('is read on from a page', async () => {
		expect(await read({ page: 3 })).toMatchObject({
			pages: [3, 4, 5],
			found: ['3', '4', '5'],
			nextPage: 6,
		});
	});

	it('begins again with the first page where entries have moved, and then goes on later', async () => {
		expect(await read({ totals: [6, 5, 5], answerMs: 14_000 })).toMatchObject({
			pages: [1, 2, 1],
			found: ['1'],
			nextPage: 2,
		});
	});

	it('is asked for again in an outage, until the time is up', async () => {
		const statuses = [503];
		const one = SIX.slice(0, 1);
		expect(await read({ events: one, statuses })).toMatchObject({ pages: [1, 1], found: ['1'] });
		const late = read({ events: one, statuses, answerMs: 50_000 });
		await expect(late).rejects.toMatchObject({ kind: 'unavailable' });
	});
});
