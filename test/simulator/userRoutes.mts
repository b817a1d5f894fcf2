import { error, json, type Answer } from './answers.mts';
import { users, wrappedUser } from './drivers.mts';
import type { Call, Handler } from './host.mts';
import { page } from './pages.mts';
import { isGiven } from './queries.mts';
import type { ApiRoute } from './routes.mts';
import { isRecord } from './values.mts';

const notFound = error(404, 'user not found');

/** What somebody can be looked up by. */
const keys = ['username', 'email', 'driver_company_id', 'phone'] as const;

/**
 * The handlers of users, drivers among them.
 *
 * @see https://developer.gomotive.com/reference/fetch-a-specific-user-using-an-id
 * @see https://developer.gomotive.com/reference/search-for-a-specific-user
 */
export const userHandlers = {
	'GET /v1/users': (call: Call) => {
		const asked = users.filter(({ role }) => isGiven(call.query, 'role', role));
		return page('users', asked.map(wrappedUser), call);
	},
	'GET /v1/users/lookup': lookUp,
	'GET /v1/users/:id': ({ params }: Call) => {
		const user = users.find(({ id }) => String(id) === params['id']);
		return user ? json(wrappedUser(user)) : notFound;
	},
} satisfies Partial<Record<ApiRoute, Handler>>;

function lookUp({ query }: Call): Answer {
	const given = keys.filter((key) => query[key] !== undefined);
	if (given.length === 0) return error(400, `one of ${keys.join(', ')} is required`);
	const found = users
		.map(wrappedUser)
		.find(({ user }) => isRecord(user) && given.every((key) => isGiven(query, key, user[key])));
	return found ? json(found) : notFound;
}
