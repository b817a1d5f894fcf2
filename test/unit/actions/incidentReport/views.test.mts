import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { expect, it } from 'vitest';

import { eventIn } from '../../../../nodes/Motive/actions/incidentReport/incidents.ts';
import { viewsOf } from '../../../../nodes/Motive/actions/incidentReport/views.ts';
import { isObject } from '../../../../nodes/Motive/motive/json.ts';
import { fileOf } from '../../report/samples.mts';

/** Values under the names that are looked at. */
const names = [
	...[
		'captures',
		'position',
		'media',
		'state',
		'status',
		'error',
		'event',
		'camera_type',
		'_files',
	],
	...[
		'requested_at',
		'ready_at',
		'vehicle',
		'vehicle_number',
		'id',
		'type',
		'start_time',
		'mimeType',
	],
];
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
	json: fc.oneof(
		{ maxDepth: 4 },
		fc.jsonValue({ maxDepth: 1 }),
		fc.constantFrom('front_facing', 'ready', 'pending', 'image/png', '2026-07-01T12:00:00Z'),
		fc.dictionary(fc.constantFrom(...names), tie('json')),
		fc.array(tie('json'), { maxLength: 3 }),
	),
}));

it('Whatever an item says, it can be shown in a report', () => {
	const property = fc.property(json.filter(isObject), (anything) => {
		const files = { data: { mimeType: 'image/png', data: '' } };
		for (const binary of [files, {}]) {
			const views = viewsOf({ json: anything as IDataObject, binary }, () => () => fileOf());
			expect(views.filter(({ image }) => 'open' in image).length).toBeGreaterThanOrEqual(
				Object.keys(binary).length,
			);
			for (const { name, source, taken, image } of views) {
				const { from = '', to = '' } = taken ?? {};
				const texts: unknown[] = [name, source, from, to];
				if ('missing' in image) texts.push(image.missing);
				expect(texts.filter((text) => typeof text !== 'string')).toEqual([]);
			}
		}
		expect(isObject(eventIn(anything as IDataObject) ?? {})).toBe(true);
	});
	fc.assert(property, { numRuns: 500 });
});
