import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	forgetRegistration,
	isLocal,
	keepRegistration,
	registrationIn,
	serves,
} from '../../../nodes/Motive/triggers/registrationData.ts';

const registration = {
	id: '42',
	url: 'https://n8n.example/webhook/x',
	actions: ['a', 'b'],
	secret: 's',
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
		fc.assert(
			fc.property(
				fc.dictionary(fc.constantFrom('webhookId', 'webhookUrl', 'webhookActions'), fc.string()),
				(data) => registrationIn(data) === undefined,
			),
		);
	});
});

describe('serves', () => {
	it('compares address and actions, in any order', () => {
		expect(serves(registration, { url: registration.url, actions: ['b', 'a'] })).toBe(true);
		expect(serves(registration, { url: registration.url, actions: ['a'] })).toBe(false);
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
		'x',
		'',
	])('is true of %j', (url) => {
		expect(isLocal(url)).toBe(true);
	});

	it.each([
		'https://n8n.example',
		'http://localhost.example',
		'http://10.0.0.7:5678',
		'http://mylocalhost',
	])('is false of %j', (url) => {
		expect(isLocal(url)).toBe(false);
	});
});
