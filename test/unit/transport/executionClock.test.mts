import { setImmediate as nextTurn } from 'node:timers/promises';

import FakeTimers from '@sinonjs/fake-timers';
import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { executionClock, stopSignal } from '../../../nodes/Motive/transport/executionClock.ts';

let time: FakeTimers.Clock;

beforeEach(() => {
	time = FakeTimers.install({ now: 1_000_000, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => time.uninstall());

/** How a sleep ends, as text. */
async function fateOf(sleep: Promise<void>): Promise<string> {
	const fate = sleep.then(
		() => 'woke',
		(reason: unknown) => String(reason),
	);
	return await Promise.race([fate, nextTurn('asleep')]);
}

describe('executionClock', () => {
	it.each([0, -5, 0.4, 999, 1_000, 1_001, 183_500])('sleeps %d ms', async (ms) => {
		const sleep = executionClock.sleep(ms, new AbortController().signal);
		if (ms > 0) {
			await time.tickAsync(Math.ceil(ms) - 1);
			expect(await fateOf(sleep)).toBe('asleep');
			await time.tickAsync(1);
		}
		expect(await fateOf(sleep)).toBe('woke');
		expect(executionClock.now()).toBe(1_000_000 + Math.max(0, Math.ceil(ms)));
	});

	it('wakes as soon as the execution is stopped, with its reason', async () => {
		const stop = new AbortController();
		const sleep = executionClock.sleep(60_000, stop.signal);
		await time.tickAsync(20_500);
		stop.abort(new Error('stopped by hand'));
		expect(await fateOf(sleep)).toContain('stopped by hand');
		expect(time.countTimers()).toBe(0);
	});

	it.each([0, 60_000])('does not sleep %d ms when the execution is stopped already', async (ms) => {
		expect(await fateOf(executionClock.sleep(ms, AbortSignal.abort('stopped by hand')))).toBe(
			'stopped by hand',
		);
		expect(time.countTimers()).toBe(0);
	});

	it('lets hundreds sleep side by side without a warning', async () => {
		const warnings: Error[] = [];
		const note = (warning: Error) => void warnings.push(warning);
		process.on('warning', note);
		const { signal } = new AbortController();
		const sleeps = Array.from({ length: 500 }, async () => await executionClock.sleep(100, signal));
		await time.tickAsync(100);
		await Promise.all(sleeps);
		await nextTurn();
		process.off('warning', note);
		expect(warnings).toEqual([]);
	});
});

describe('stopSignal', () => {
	const getNode = (): INode => ({
		id: '',
		name: '',
		type: 'motive',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	});

	it('is the one of the execution', () => {
		const { signal } = new AbortController();
		expect(stopSignal({ getNode, getExecutionCancelSignal: () => signal })).toBe(signal);
	});

	it.each<Partial<Pick<IExecuteFunctions, 'getExecutionCancelSignal'>>>([
		{},
		{ getExecutionCancelSignal: () => undefined },
	])('is one that is never aborted without an execution: %o', (context) => {
		expect(stopSignal({ getNode, ...context }).aborted).toBe(false);
	});
});
