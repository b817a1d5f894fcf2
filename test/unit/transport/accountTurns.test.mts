import { expect, it } from 'vitest';

import { accountTurns } from '../../../nodes/Motive/transport/accountTurns.ts';
import { VirtualClock } from '../polling/virtualClock.mts';

let accounts = 0;

/** An account that nobody has sent anything with. */
const newAccount = () => `account ${accounts++}`;

async function use(account: string, clock: VirtualClock) {
	const turns = accountTurns({ clock, account, perMinute: Infinity });
	await turns.send(async () => await Promise.resolve());
	return turns;
}

it('All executions with the same credential take the same turns, those with others do not', async () => {
	const clock = new VirtualClock();
	const account = newAccount();
	const turns = await use(account, clock);
	expect(await use(newAccount(), clock)).not.toBe(turns);
	expect(await use(account, clock)).toBe(turns);
});

it('Those that come at the same moment take the same turns', () => {
	const account = newAccount();
	const clock = new VirtualClock();
	const turns = () => accountTurns({ clock, account, perMinute: Infinity });
	expect(turns()).toBe(turns());
});

it('What was learned of an account is forgotten ten minutes after its last request', async () => {
	const clock = new VirtualClock();
	const account = newAccount();
	const turns = await use(account, clock);
	for (let minutes = 0; minutes < 20; minutes += 5) {
		await clock.run(clock.sleep(300_000));
		expect(await use(account, clock)).toBe(turns);
	}
	await clock.run(clock.sleep(600_000));
	expect(await use(account, clock)).not.toBe(turns);
});

it('What was learned is forgotten when the clock is set back', async () => {
	const clock = new VirtualClock();
	const account = newAccount();
	await clock.run(clock.sleep(1_000));
	const turns = await use(account, clock);
	expect(await use(account, new VirtualClock())).not.toBe(turns);
});

it('The accounts that are remembered are not more than some dozens', async () => {
	const clock = new VirtualClock();
	const account = newAccount();
	const turns = await use(account, clock);
	for (let others = 0; others < 40; others++) await use(newAccount(), clock);
	expect(await use(account, clock)).not.toBe(turns);
});

it('The last dozens of accounts are remembered', async () => {
	const clock = new VirtualClock();
	const account = newAccount();
	const turns = await use(account, clock);
	for (let others = 0; others < 31; others++) await use(newAccount(), clock);
	expect(await use(account, clock)).toBe(turns);
});
