import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import {
	forgetRegistration,
	isLocal,
	isSameAddress,
	keepRegistration,
	ownerOf,
	ownRegistration,
	registrationIn,
	serves,
} from '../../../nodes/Motive/triggers/registrationData.ts';

const registration = {
	id: '42',
	url: 'https://n8n.example/webhook/x',
	actions: ['a', 'b'],
	secret: 's',
	owner: 'n8n workflow node',
};

describe('the memory of a registration', () => {
	it('gives back what was kept, until it is forgotten', () => {
		const data = { mine: true };
		keepRegistration(data, registration);
		expect(registrationIn(data)).toEqual(registration);
		forgetRegistration(data);
		expect(data).toEqual({ mine: true });
	});

	it('is nothing unless complete', () => {
		const data: IDataObject = {};
		keepRegistration(data, registration);
		for (const key of ['webhookId', 'webhookUrl', 'webhookSecret', 'webhookOwner'])
			for (const value of [undefined, null, 7])
				expect(registrationIn({ ...data, [key]: value })).toBeUndefined();
		expect(registrationIn({ ...data, webhookSecret: '' })).toBeUndefined();
		expect(registrationIn({ ...data, webhookActions: null })).toEqual({
			...registration,
			actions: [],
		});
	});
});

describe('what is remembered of the webhook of another trigger', () => {
	const context = (instance: string, workflow: string, node: string) => ({
		getInstanceId: () => instance,
		getWorkflow: () => ({ id: workflow }),
		getNode: () => ({ id: node }),
	});

	it('does not count: one of another n8n, of another workflow, or of another node', () => {
		const data = {};
		keepRegistration(data, registration);
		expect(ownRegistration(context('n8n', 'workflow', 'node'), data)).toEqual(registration);
		for (const [instance, workflow, node] of [
			['other', 'workflow', 'node'],
			['n8n', 'other', 'node'],
			['n8n', 'workflow', 'other'],
		] as const)
			expect(ownRegistration(context(instance, workflow, node), data)).toBeUndefined();
		expect(ownRegistration(context('n8n', 'workflow', 'node'), {})).toBeUndefined();
	});

	it('is of nobody else where a workflow is not saved yet', () => {
		const unsaved = { ...context('n8n', '', 'node'), getWorkflow: () => ({}) };
		expect(ownerOf(unsaved)).toBe(ownerOf(context('n8n', '', 'node')));
	});
});

it('An address is the same with a slash at its end, and with its host in capitals', () => {
	expect(isSameAddress('https://n8n.example/x', 'https://N8N.example/x/')).toBe(true);
	expect(isSameAddress('https://n8n.example/x', 'https://n8n.example/x//')).toBe(true);
	expect(isSameAddress('https://n8n.example/x', 'https://n8n.example/X')).toBe(false);
});

describe('serves', () => {
	it('compares address and actions, in any order', () => {
		expect(serves(registration, { url: registration.url, actions: ['b', 'a'] })).toBe(true);
		expect(serves(registration, { url: registration.url, actions: ['a'] })).toBe(false);
		expect(serves(registration, { url: registration.url, actions: ['a', 'c'] })).toBe(false);
		expect(serves(registration, { url: registration.url, actions: ['a', 'b', 'c'] })).toBe(false);
		expect(
			serves(registration, { url: 'https://other.example/webhook/x', actions: ['a', 'b'] }),
		).toBe(false);
	});
});

describe('isLocal', () => {
	it.each([
		'http://localhost:5678/x',
		'http://127.0.0.1',
		'http://127.1.2.3/',
		'http://[::1]:1',
		'http://0.0.0.0',
		'http://10.0.0.7:5678',
		'http://172.16.0.1',
		'http://172.31.255.254',
		'https://192.168.1.2/x',
		'http://169.254.1.1',
		'http://[fe80::1]',
		'http://[fd12:3456::1]:5678',
		'http://n8n.local',
		'http://N8N.Office.LAN:5678',
		'https://n8n.corp.internal.',
		'x',
		'',
	])('is true of %j', (url) => {
		expect(isLocal(url)).toBe(true);
	});

	it.each([
		'https://n8n.example',
		'http://localhost.example',
		'http://mylocalhost',
		'http://172.15.0.1',
		'http://172.32.0.1',
		'http://11.0.0.1',
		'http://192.169.0.1',
		'https://10.n8n.example',
		'https://n8n.localdomain.example',
		'https://internal.example',
		'http://[2001:db8::1]',
	])('is false of %j', (url) => {
		expect(isLocal(url)).toBe(false);
	});
});
