import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import axios from 'axios';
import { z } from 'zod';

import { FIRST_VEHICLE, worldFacts, type WorldFacts, type WorldOptions } from './worldFacts.mts';

const address = z.object({ url: z.string(), apiKey: z.string() });

/** A simulated Motive in a process of its own. */
export interface World {
	url: string;
	apiKey: string;
	/** What it has seen since it was last reset. */
	facts(): Promise<WorldFacts>;
	/** Forgets what it has seen. */
	reset(): Promise<WorldFacts>;
	/** Starts one capture of each of the first vehicles, in their order. */
	startCaptures(count: number): Promise<void>;
}

/** Starts a simulated Motive, hands it to `use` and stops it afterwards. */
export async function withWorld<T>(
	options: WorldOptions,
	use: (world: World) => Promise<T>,
): Promise<T> {
	const child = fork(path.join(import.meta.dirname, 'world.mts'), [JSON.stringify(options)], {
		execArgv: ['--import', 'tsx'],
	});
	const heard = async (): Promise<unknown> => (await once(child, 'message'))[0] as unknown;
	const ask = async (what: 'facts' | 'reset'): Promise<WorldFacts> => {
		const answer = heard();
		child.send(what);
		return worldFacts.parse(await answer);
	};
	const gone = once(child, 'exit');
	try {
		const { url, apiKey } = address.parse(await heard());
		const startCaptures = async (count: number): Promise<void> => {
			for (let index = 0; index < count; index++) {
				const body = { vehicle_id: FIRST_VEHICLE + index, position: 'front_facing' };
				await axios.post(`${url}/v1/image_captures`, body, {
					headers: { 'x-api-key': apiKey },
					proxy: false,
				});
			}
		};
		return await use({
			url,
			apiKey,
			facts: async () => await ask('facts'),
			reset: async () => await ask('reset'),
			startCaptures,
		});
	} finally {
		if (child.connected) child.disconnect();
		await gone;
	}
}
