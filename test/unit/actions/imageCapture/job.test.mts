import { describe, expect, it } from 'vitest';

import { captureBody } from '../../../../nodes/Motive/actions/imageCapture/job.ts';

describe('captureBody', () => {
	const wanted = {
		kind: 'vehicle',
		id: 7,
		position: 'rear',
	} as const;

	it.each([
		[wanted, {}, { vehicle_id: 7, position: 'rear' }],
		[{ ...wanted, kind: 'asset' as const }, {}, { asset_id: 7, position: 'rear' }],
		[wanted, { quality: 'high' }, { vehicle_id: 7, position: 'rear', quality: 'high' }],
		[
			wanted,
			{ position: null, camera_positions: ['rear'] },
			{ vehicle_id: 7, camera_positions: ['rear'] },
		],
		[
			wanted,
			{ vehicle_id: null, vehicle_number: 'T-118' },
			{ position: 'rear', vehicle_number: 'T-118' },
		],
	])('of %j with %j is %j', (given, extra, body) => {
		expect(captureBody(given, extra)).toEqual(body);
	});
});
