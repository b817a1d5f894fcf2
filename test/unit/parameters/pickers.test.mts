import type { INode, INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { Motive } from '../../../nodes/Motive/Motive.node.ts';
import { pickerLabel } from '../../../nodes/Motive/parameters/pickers.ts';
import { readPicked } from '../../../nodes/Motive/parameters/readers.ts';
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

describe('A label of the pickers', () => {
	it('has what people call it first, and leaves out what is not known', () => {
		expect(pickerLabel('T-118', ['2021 Kenworth T680', '', '1XKYD49X0JJ040021'])).toBe(
			'T-118 · 2021 Kenworth T680 · 1XKYD49X0JJ040021',
		);
	});

	it.each([
		['T-118', ['2021 Kenworth T680']],
		['Yard/Mule #3', []],
	])('leads back to the name %s', (name, details) => {
		const picked = { mode: 'list', value: '7', cachedResultName: pickerLabel(name, details) };
		expect(readPicked(picked, 'Vehicle', ['list'])).toEqual({ id: 7, name });
	});
});
