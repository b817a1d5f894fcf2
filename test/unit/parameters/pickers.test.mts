import type { INode, INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { Motive } from '../../../nodes/Motive/Motive.node.ts';
import { BadInput } from '../../../nodes/Motive/parameters/badInput.ts';
import {
	assetPicker,
	pickerLabel,
	readPicked,
	vehiclePicker,
} from '../../../nodes/Motive/parameters/pickers.ts';
import { workflowLibrary } from '../../engine/core.mts';

const { description } = new Motive();

const vehicle = vehiclePicker({
	description: '',
	modes: ['list', 'id', 'number', 'externalId'],
});
const asset = assetPicker({ description: '', modes: ['list', 'id'] });
const linkedAsset = assetPicker({ description: '', modes: ['list', 'id', 'externalId'] });

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
		expect(readPicked(picked, vehicle)).toEqual({ id: 7, name });
	});
});

describe('A picker', () => {
	const byNumber = (text: string) => ({ mode: 'number', text });

	it.each([
		[{ mode: 'list', value: '1040021' }, { id: 1040021 }],
		[
			{ mode: 'list', value: '7', cachedResultName: 'T-118 · 2021 Kenworth' },
			{ id: 7, name: 'T-118' },
		],
		[{ mode: 'list', value: '7', cachedResultName: '' }, { id: 7 }],
		[{ mode: 'list', value: 'T-118' }, byNumber('T-118')],
		[{ mode: 'id', value: 1040021 }, { id: 1040021 }],
		[{ mode: 'id', value: ' 7 ' }, { id: 7 }],
		[{ mode: 'id', value: ' T-118 ' }, byNumber('T-118')],
		[{ value: 'T-118' }, byNumber('T-118')],
		[{ __rl: true, mode: 'number', value: ' T-118 ' }, byNumber('T-118')],
		[{ mode: 'By Number', value: 'Zu\u0308rich 7' }, byNumber('Zürich 7')],
		[{ mode: 'number', value: 118 }, byNumber('118')],
		[
			{ mode: 'externalId', value: 'TMS-7' },
			{ mode: 'externalId', text: 'TMS-7' },
		],
		[1040021, { id: 1040021 }],
		['1040021', { id: 1040021 }],
		['T-118', byNumber('T-118')],
	])('of vehicles reads %j', (value, picked) => {
		expect(readPicked(value, vehicle)).toEqual(picked);
	});

	const numberWanted = 'Vehicle ID must be a number such as 1040021, but is';

	it.each([
		[{ mode: 'list', value: '' }, 'Vehicle is empty: choose one from the list or enter its ID'],
		[{ mode: 'list', value: null }, 'Vehicle is empty: choose one from the list or enter its ID'],
		[undefined, 'Vehicle is empty: choose one from the list or enter its ID'],
		[{ mode: 'number', value: '  ' }, 'Vehicle Number is empty: enter a text such as T-118'],
		[
			{ mode: 'externalId', value: {} },
			'Vehicle External ID must be a text such as TMS-118, but is “{}”',
		],
		[{ mode: 'id', value: -5 }, `${numberWanted} “-5”. To pick it by its name, choose From List`],
		[
			{ mode: 'url', value: '7' },
			'Vehicle must be picked From List, By ID, By Number, By External ID, but is “url”',
		],
	])('of vehicles cannot read %j', (value, message) => {
		expect(() => readPicked(value, vehicle)).toThrow(new BadInput(message));
	});

	it('of assets, which have no number, says how to pick one by its name', () => {
		expect(() => readPicked('TRL-204', asset)).toThrow(
			'Asset ID must be a number such as 55301, but is “TRL-204”. To pick it by its name, choose From List',
		);
	});
});

it('A name comes only from the list', () => {
	const picked = (mode: string) =>
		readPicked({ mode, value: '7', cachedResultName: 'T-118' }, vehicle);
	expect(picked('list')).toEqual({ id: 7, name: 'T-118' });
	expect(picked('id')).toEqual({ id: 7 });
});

it('What is no ID is taken for a number only where there is one to pick by', () => {
	expect(() => readPicked('TRL-204', linkedAsset)).toThrow(BadInput);
	expect(readPicked('T-118', vehicle)).toEqual({ mode: 'number', text: 'T-118' });
});
