const SEPARATOR = ' · ';

/** How the pickers show a record: what people call it first, then what helps to tell it from others. */
export function pickerLabel(name: string, details: readonly string[]): string {
	return [name, ...details].filter((part) => part !== '').join(SEPARATOR);
}

/** What people call the record that a picker shows with this label. */
export function nameInLabel(label: string): string {
	const [name = ''] = label.split(SEPARATOR);
	return name;
}
