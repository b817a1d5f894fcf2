import type { INode, INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { Motive } from '../../../nodes/Motive/Motive.node.ts';
import { workflowLibrary } from '../../engine/core.mts';

const { description } = new Motive();

/** The saved parameters as n8n passes them to a node: without those that are not shown. */
function shownOf(parameters: INodeParameters): INodeParameters {
	const node: INode = {
		id: '',
		name: '',
		type: 'motive',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const { getNodeParameters } = workflowLibrary.NodeHelpers;
	return (
		getNodeParameters(description.properties, parameters, true, false, node, description) ?? {}
	);
}

describe.each([
	['vehicle', 'vehicleId'],
	['asset', 'assetId'],
])('The picker of a %s', (resource, picker) => {
	it.each([
		['list', false],
		['id', false],
		['externalId', true],
	])('in the mode %s asks for the name of the integration: %s', (mode, isShown) => {
		const locator = { __rl: true, mode, value: '5' };
		const shown = shownOf({
			resource,
			operation: 'get',
			[picker]: locator,
			integrationName: 'generic_tms',
		});
		expect(shown[picker]).toEqual(locator);
		expect('integrationName' in shown).toBe(isShown);
	});
});

it('The name of an integration is asked for nowhere else', () => {
	const vehicleId = { __rl: true, mode: 'externalId', value: '5' };
	expect(shownOf({ resource: 'imageCapture', operation: 'capture', vehicleId })).not.toHaveProperty(
		'integrationName',
	);
});
