import { describe, expect, it } from 'vitest';

import { CAPTURE_FORMS, isAboutForm } from '../../../nodes/Motive/motive/captureForms.ts';
import type { MotiveFailure } from '../../../nodes/Motive/motive/failure.ts';
import { parseRefusal } from '../../../nodes/Motive/transport/parseFailure.ts';

describe('The forms of a start', () => {
	it.each(['vehicle', 'asset'] as const)('all name the %s and the position', async (kind) => {
		const name = () => Promise.resolve('T-118');
		for (const form of CAPTURE_FORMS) {
			const body = await form({ kind, id: 7, position: 'rear', name });
			const values = Object.values(body).flat();
			expect(values).toHaveLength(2);
			expect(values).toContain('rear');
			expect([body[`${kind}_id`], body[`${kind}_number`], body[`${kind}_name`]]).toContain(
				values[0],
			);
		}
	});

	it('differ from each other', async () => {
		const target = { kind: 'vehicle', id: 7, position: 'rear' } as const;
		const bodies = await Promise.all(
			CAPTURE_FORMS.map(async (form) =>
				JSON.stringify(await form({ ...target, name: () => Promise.resolve('T-118') })),
			),
		);
		expect(new Set(bodies).size).toBe(CAPTURE_FORMS.length);
	});
});

/** The failure of a refusal with this body, as the node reads it. */
function refusal(body: unknown, status = 422): MotiveFailure {
	return parseRefusal({ status, body, headers: undefined }, [], 0);
}

const message = (text: string) => ({ error_message: text });

describe('isAboutForm', () => {
	it.each<[style: string, body: unknown]>([
		['Rails', { error: 'param is missing or the value is empty: vehicle_number' }],
		['Rails', message('found unpermitted parameter: :position')],
		['Rails', message('unpermitted parameter: position')],
		['Rails', { errors: ["Position can't be blank"] }],
		['Rails', { errors: ['Vehicle must exist'] }],
		['Grape', { error: 'vehicle_number is missing' }],
		[
			'Grape',
			{ error: 'vehicle_id, asset_id are missing, exactly one parameter must be provided' },
		],
		['Grape', { error: 'camera_positions is invalid' }],
		['JSON:API', { errors: [{ field: 'camera_positions', message: "can't be blank" }] }],
		['JSON:API', { errors: [{ title: 'Invalid Attribute', detail: 'position is not permitted' }] }],
		['JSON schema', message("must have required property 'camera_positions'")],
		['JSON schema', message('must NOT have additional properties')],
		['plain', 'missing parameter: vehicle_number'],
		['plain', 'Invalid params'],
		['plain', message('camera_position must be one of front_facing, rear')],
		['plain', message('exactly one of vehicle_number and asset_name is required')],
		['plain', message('unknown field: position')],
		['plain', message('unsupported parameter position')],
		['plain', message('parameter position is not supported')],
		['plain', message('unexpected key "position"')],
		['plain', message('Malformed request')],
		['plain', message('Unrecognized key(s) in object: position')],
	])('is true of what %s says: %j', (_, body) => {
		for (const status of [400, 422]) expect(isAboutForm(refusal(body, status))).toBe(true);
	});

	it.each([
		'No Omnicam is installed',
		'position side_left is not available for this vehicle',
		'vehicle is offline',
		'feature not enabled',
		'video_monitoring feature is required',
		'Missing permission',
		'vehicle_id 7 not found',
		'vehicle_id 7 does not exist',
		'no camera at position rear',
		'vehicle_number T-126 has no rear camera',
		'position must be one of front_facing, driver_facing, side_left, side_right, rear',
		'position front_facing is not supported for assets',
		'Image capture is not enabled for this company',
		'camera is offline',
		'Vehicle is required to be powered on',
		'unknown vehicle',
		'an unknown error occurred',
		'T-127 is deactivated',
		'A request for this vehicle is already pending',
		'monthly quota used up',
		'too late',
	])('is false of “%s”', (text) => {
		for (const status of [400, 422])
			expect(isAboutForm(refusal(message(text), status))).toBe(false);
	});

	it.each([
		...[200, 401, 402, 403, 404, 409, 429, 500, 503].map((status) =>
			refusal(message('vehicle_number is required'), status),
		),
		refusal(undefined),
		refusal({}),
		new Error('vehicle_number is required'),
		undefined,
	])('is false of %j', (failure) => {
		expect(isAboutForm(failure)).toBe(false);
	});
});
