/** A form as it is made: one question. Its id, which processes name it by, comes from its name. */
export function blankForm(name: string): string {
  const form = {
    type: 'default',
    id: formId(name),
    schemaVersion: 18,
    components: [
      { type: 'text', id: 'Text_1', text: `# ${name}` },
      {
        type: 'textarea',
        id: 'Field_1',
        key: 'answer',
        label: 'Answer',
        validate: { required: true },
      },
    ],
  };
  return `${JSON.stringify(form, null, 2)}\n`;
}

/** An id a process can name: `Refund approval` is `refund-approval`. */
export function formId(name: string): string {
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return /^[a-z]/.test(id) ? id : `form-${id || '1'}`;
}

/** The same form under another id; a text that is no form stays as it is. */
export function withFormId(json: string, id: string): string {
  try {
    const form = JSON.parse(json) as object;
    return `${JSON.stringify({ ...form, id }, null, 2)}\n`;
  } catch {
    return json;
  }
}
