import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import type { Run } from '../../test/engine/run.mts';
import type { Simulator } from '../../test/simulator/simulator.mts';

/** The fields of an output item that are shown; see "Output" in the README. */
const capture = z.object({
	request_id: z.number(),
	camera_type: z.string(),
	position: z.string(),
	state: z.literal('ready'),
	vehicle_number: z.string(),
	file_name: z.string(),
});

/** A picture that a run of the Motive node delivered. */
export interface Picture extends z.infer<typeof capture> {
	contents: Buffer;
	mimeType: string;
	/** When the picture was asked for, by the clock of the simulated fleet; it stands in the picture as well. */
	takenAt: Date;
	/** From the start of the capture until its download began. */
	seconds: number;
}

/**
 * Reads the pictures out of the items of a run.
 * @throws when the run failed, or an item is not a finished capture with its file
 */
export async function picturesOf(run: Run, fleet: Simulator): Promise<Picture[]> {
	if (run.error)
		throw new Error([run.error.message, run.error.description].filter(Boolean).join('\n'));
	return await Promise.all(
		run.items.map(async ({ json, binary }) => {
			const item = capture.parse(json);
			const file = binary?.['data'];
			const contents = await run.file(file);
			if (file === undefined || contents.length !== file.bytes)
				throw new Error(`${item.file_name} is not complete`);
			const { mimeType } = file;
			return { ...item, contents, mimeType, ...timesOf(item.request_id, fleet) };
		}),
	);
}

/** What the simulated fleet knows about a capture that its item does not tell. */
function timesOf(requestId: number, fleet: Simulator): Pick<Picture, 'takenAt' | 'seconds'> {
	const started = fleet.captures.find((each) => each.requestId === requestId);
	const download = fleet.received('GET image').find((each) => each.path.includes(`/${requestId}/`));
	if (!started || !download) throw new Error(`The fleet knows nothing of capture ${requestId}`);
	return {
		takenAt: new Date(started.startedAt),
		seconds: (download.at - started.startedAt) / 1000,
	};
}

/** Writes the picture files into `folder`. */
export async function savePictures(pictures: readonly Picture[], folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	await Promise.all(
		pictures.map(({ file_name: name, contents }) => writeFile(path.join(folder, name), contents)),
	);
}

/** The pictures as a table of text. */
export function tableOf(pictures: readonly Picture[]): string {
	const rows = [
		['Vehicle', 'Position', 'Camera', 'Request', 'State', 'File', 'Size', 'Seconds'],
		...pictures.map((picture) => [
			picture.vehicle_number,
			picture.position,
			picture.camera_type,
			String(picture.request_id),
			picture.state,
			picture.file_name,
			`${(picture.contents.length / 1000).toFixed(1)} kB`,
			picture.seconds.toFixed(1),
		]),
	];
	const widths = rows[0]?.map((_, column) =>
		Math.max(...rows.map((row) => row[column]?.length ?? 0)),
	);
	const line = (row: string[]) =>
		row.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join('   ');
	return rows.map((row) => `   ${line(row).trimEnd()}`).join('\n');
}
