import { describe, expect, it } from 'vitest';
import type { Accounts } from '../../soak/accounts.mts';
import { isFlawless, report } from '../../soak/report.mts';
import type { Soak } from '../../soak/soak.mts';

const accounts: Accounts = {
	events: new Map([
		[1, 'delivered'],
		[2, 'n8n'],
	]),
	captures: new Map([
		[901, 'delivered'],
		[902, 'logged'],
	]),
	...{ ranTwice: [], startedTwice: [], unknown: [], n8nLosses: new Map([['new', 1]]) },
};
const target = { url: 'http://n8n.test/webhook', secret: 'secret' };
const taken = { target, body: '{}', answer: '', status: 200, took: 812 };
const soak: Soak = {
	evidence: {
		...{ events: [], captures: [], executions: [] },
		logged: new Map(),
		cutOff: new Map(),
	},
	logs: [],
	deliveries: [[taken], [{ ...taken, status: undefined, took: 3_001 }, taken]],
	endings: [{ process: 'worker 1', by: 'kill', executions: [] }],
	incidents: [
		{ at: 0, kind: 'kill', worker: 0 },
		{ at: 1, kind: 'restart', service: 'redis' },
	],
	...{ requests: { all: 1_200, refused: 30 }, took: 540_000, load: 3.2 },
};

describe('report', () => {
	const text = report(soak, accounts, { machine: 'a machine', date: '2026-07-02', seed: 'seed' });

	it.each([
		['workers killed', '1'],
		['restarts of PostgreSQL', '0'],
		['restarts of Redis', '1'],
		['requests to the API', '1,200'],
		['of these refused by the rate limit (2.5 %)', '30'],
		['answered with a success at the first try', '1'],
		['answered with a success at a later try', '1'],
		['longest time until a success was answered (ms)', '812'],
		['picture delivered', '1'],
		['new', '1'],
	])('says of “%s”: %s', (what, count) => {
		expect(text).toContain(`| ${what} | ${count} |`);
	});
});

describe('isFlawless', () => {
	it('forgives what n8n loses, and nothing else', () => {
		expect(isFlawless(accounts)).toBe(true);
		expect(isFlawless({ ...accounts, events: new Map([[1, 'lost']]) })).toBe(false);
		expect(isFlawless({ ...accounts, captures: new Map([[901, 'lost']]) })).toBe(false);
		expect(isFlawless({ ...accounts, startedTwice: [903] })).toBe(false);
		expect(isFlawless({ ...accounts, unknown: ['5'] })).toBe(false);
	});
});
