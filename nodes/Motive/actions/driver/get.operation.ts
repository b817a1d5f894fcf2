import { parseInteger, parseText } from '../../motive/parse';
import { simplifyField } from '../../parameters/listFields';
import { driverPicker, readPicked, type Picked } from '../../parameters/pickers';
import { parametersOf, readBoolean } from '../../parameters/readers';
import { byId, isSame, lookUp, type Lookup } from '../../runs/lookUp';
import { readOperation } from '../../runs/read';
import { simplifyDriver } from './output';

/** What drivers can be looked up by, and the words for it. */
const KEYS = {
	username: { field: 'username', words: 'username' },
	email: { field: 'email', words: 'email address' },
	driverCompanyId: { field: 'driver_company_id', words: 'company ID' },
	phone: { field: 'phone', words: 'phone number' },
} as const;

/** Phone numbers come with and without the code of the country: no more than this many digits need to be the same. */
const SHORTEST_PHONE = 7;

const picker = driverPicker({
	description: 'The driver to fetch',
	modes: ['list', 'id', 'username', 'email', 'driverCompanyId', 'phone'],
});

/**
 * Gets one driver.
 *
 * @see https://developer.gomotive.com/reference/search-for-a-specific-user
 */
export const getDriver = readOperation({
	text: {
		name: 'Get',
		action: 'Get driver',
		description: 'Fetch a driver by ID, username, email, company ID or phone',
	},
	fields: [picker, simplifyField],
	read(context, itemIndex) {
		const parameter = parametersOf(context, itemIndex);
		return {
			lookup: lookupOf(parameter(picker, readPicked)),
			simplify: parameter(simplifyField, readBoolean),
		};
	},
	subject: ({ lookup }) => `driver with ${lookup.by}`,
	connect:
		({ request }) =>
		async ({ lookup, simplify }) => {
			const driver = await lookUp(request, lookup);
			return [simplify ? simplifyDriver(driver) : driver];
		},
});

function lookupOf(picked: Picked<keyof typeof KEYS>): Lookup {
	if ('id' in picked) {
		const { id } = picked;
		return {
			kind: 'driver',
			by: byId(id),
			request: { path: `/v1/users/${id}` },
			isMeant: (driver) => parseInteger(driver, 'id') === id,
		};
	}
	const { mode, text } = picked;
	const { field, words } = KEYS[mode];
	const isPhone = mode === 'phone';
	return {
		kind: 'driver',
		by: `the ${words} “${text}”`,
		request: { path: '/v1/users/lookup', query: { [field]: isPhone ? digitsOf(text) : text } },
		isMeant: (driver) => {
			const said = parseText(driver, field);
			return isPhone ? isSamePhone(said ?? '', text) : isSame(said, text);
		},
	};
}

function isSamePhone(one: string, other: string): boolean {
	const [shorter = '', longer = ''] = [digitsOf(one), digitsOf(other)].sort(
		(a, b) => a.length - b.length,
	);
	return shorter.length >= SHORTEST_PHONE && longer.endsWith(shorter);
}

function digitsOf(phone: string): string {
	return phone.replaceAll(/\D/g, '');
}
