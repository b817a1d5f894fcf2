import { expect, it } from 'vitest';
import { outputOf } from '../../n8n/execution.mts';
import { fileNameOf, pictureOf, type ExampleWorld } from './world.mts';

const START = 'When clicking ‘Execute workflow’';
const MOTIVE = 'Take a picture';

/** The example `first-picture`, in which a person chooses a truck. */
export function firstPicture(world: ExampleWorld): void {
	it('takes a picture with the truck that was chosen', async () => {
		const { motive } = world.outside;
		const vehicleId = { __rl: true, mode: 'list', value: String(motive.device('T-118').id) };
		const workflowId = await world.importExample('first-picture', { [MOTIVE]: { vehicleId } });
		const [item, ...others] = outputOf(await world.client.run(workflowId, START), MOTIVE);
		expect(others).toEqual([]);
		const capture = motive.captures.at(-1);
		const file = item?.binary?.['data'];
		if (!capture || !file) throw new Error('There is no picture');
		expect(capture).toMatchObject({ position: 'front_facing', device: { name: 'T-118' } });
		expect(file).toMatchObject({ mimeType: 'image/jpeg', fileName: fileNameOf(capture) });
		expect(await world.client.downloadBinary(file)).toEqual(await pictureOf(capture));
	});

	it('asks for a truck where none was chosen', async () => {
		const { motive } = world.outside;
		const before = motive.captures.length;
		const workflowId = await world.importExample('first-picture');
		const { status } = await world.client.run(workflowId, START);
		expect(status).toBe('error');
		expect(motive.captures).toHaveLength(before);
	});
}
