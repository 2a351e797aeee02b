import type { FormField, FormValues, ProfileForm } from "./profiles.ts";

export const fieldsOf = (form: ProfileForm): readonly FormField[] => form.sections.flatMap(({ fields }) => fields);

export const isSecret = ({ kind }: FormField): boolean => kind === "secret" || kind === "client-certificate";

/** Fields that these values leave in sight. */
export function shownFields(form: ProfileForm, values: FormValues): readonly FormField[] {
  const fields = fieldsOf(form);
  return fields.filter(({ when }) => {
    if (when === undefined) {
      return true;
    }
    const deciding = fields.find(({ name }) => name === when.field);
    const value = deciding === undefined ? undefined : (values[when.field] ?? usualValue(deciding));
    return (typeof value === "string" || typeof value === "boolean") && when.is.includes(value);
  });
}

/** What a field holds before anybody has touched it. */
export function usualValue(field: FormField): FormValues[string] {
  switch (field.kind) {
    case "text":
    case "json":
    case "secret":
    case "client-certificate":
      return "";
    case "lines":
    case "certificates":
      return [];
    case "choice":
    case "choices":
    case "switch":
      return field.usual;
  }
}
