import { describe, expect, it } from 'vitest';
import { mostAtOnce, rateLimit, windowLimit } from '../../simulator/limits.mts';
import { useSimulator } from './harness.mts';

const COMPANIES = 'GET /v1/companies';
const POST = 'POST /v1/image_captures';

const { clock, client, simulator } = useSimulator();

const ask = async () => await client().call('GET', '/v1/companies');
const statuses = async (count: number) => {
	const seen: number[] = [];
	for (let index = 0; index < count; index += 1) seen.push((await ask()).status);
	return seen;
};

describe('a rate limit', () => {
	it('lets a burst pass, then as many as grow back', async () => {
		simulator().faults.add(rateLimit({ perSecond: 0.5, burst: 3 }));
		expect(await statuses(5)).toEqual([200, 200, 200, 429, 429]);
		clock.forward(2000);
		expect(await statuses(2)).toEqual([200, 429]);
		clock.forward(3_600_000);
		expect(await statuses(4)).toEqual([200, 200, 200, 429]);
	});

	it('says when there is room again, and there is', async () => {
		simulator().faults.add(rateLimit({ perSecond: 0.1, burst: 1 }));
		await ask();
		clock.forward(4000);
		const { headers } = await ask();
		expect(headers).toHaveProperty('retry-after', '6');
		clock.forward(6000);
		expect((await ask()).status).toBe(200);
	});

	it('says nothing where it shall not', async () => {
		simulator().faults.add(rateLimit({ perSecond: 1, burst: 1, retryAfter: false }));
		await ask();
		const { status, headers } = await ask();
		expect(status).toBe(429);
		expect(headers).not.toHaveProperty('retry-after');
	});

	it('counts for one route, starts nothing, and leaves downloads alone', async () => {
		const url = await client().finishedUrl();
		simulator().faults.add(rateLimit({ perSecond: 1, burst: 1, on: POST }));
		expect((await client().start('T-118', 'rear')).status).toBe(201);
		expect((await client().start('T-119', 'rear')).status).toBe(429);
		expect(simulator().captures).toHaveLength(2);
		expect(await statuses(3)).toEqual([200, 200, 200]);
		simulator().faults.add(rateLimit({ perSecond: 1, burst: 1 }));
		expect((await client().download(url)).status).toBe(200);
	});
});

describe('a limit for each minute', () => {
	it('lets so many pass in each, however they come', async () => {
		simulator().faults.add(windowLimit({ requests: 2, seconds: 60, retryAfter: false }));
		expect(await statuses(1)).toEqual([200]);
		clock.forward(59_000);
		expect(await statuses(2)).toEqual([200, 429]);
		clock.forward(1_000);
		expect(await statuses(3)).toEqual([200, 200, 429]);
		clock.forward(179_000);
		expect(await statuses(3)).toEqual([200, 200, 429]);
		clock.forward(1_000);
		expect(await statuses(1)).toEqual([200]);
	});

	it('says when the next minute begins', async () => {
		simulator().faults.add(windowLimit({ requests: 1, seconds: 60 }));
		await ask();
		clock.forward(13_500);
		expect((await ask()).headers).toHaveProperty('retry-after', '47');
	});
});

describe('a limit to requests at once', () => {
	it('refuses those beyond it, until some are answered', async () => {
		simulator().faults.add(mostAtOnce(2), { on: COMPANIES, delay: 3000 });
		const first = [ask(), ask()];
		await expect.poll(() => simulator().held).toBe(2);
		const refused = await ask();
		expect(refused.status).toBe(429);
		expect(refused.headers).not.toHaveProperty('retry-after');
		clock.forward(3000);
		expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200]);
		simulator().faults.clear();
		simulator().faults.add(mostAtOnce(2));
		expect(await statuses(3)).toEqual([200, 200, 200]);
	});

	it('forgets those that have left, and says how long to wait where it shall', async () => {
		simulator().faults.add(mostAtOnce(1, { retryAfter: 7 }), { on: COMPANIES, connection: 'hang' });
		const leaving = new AbortController();
		const answer = client().call('GET', '/v1/companies', undefined, leaving.signal);
		await expect.poll(() => simulator().held).toBe(1);
		expect((await client().call('GET', '/v1/assets')).headers).toHaveProperty('retry-after', '7');
		leaving.abort();
		await expect(answer).rejects.toMatchObject({ code: 'ERR_CANCELED' });
		await expect.poll(() => simulator().held).toBe(0);
		expect((await client().call('GET', '/v1/assets')).status).toBe(200);
	});

	it('counts requests to one route among all that are under way', async () => {
		simulator().faults.add(mostAtOnce(1, { on: POST }), { on: POST, delay: 1000 });
		const first = client().start('T-118', 'rear');
		await expect.poll(() => simulator().held).toBe(1);
		expect((await ask()).status).toBe(200);
		expect((await client().start('T-119', 'rear')).status).toBe(429);
		clock.forward(1000);
		expect((await first).status).toBe(201);
	});
});
