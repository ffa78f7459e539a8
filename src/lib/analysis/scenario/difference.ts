/** In which drivers and lines two models differ, and one of them with some of the other's. */
import type { Definition } from '#lib/domain/expression/definition.ts';
import { changed, type Model } from '#lib/domain/expression/model.ts';
import { isSameJson, type JsonValue } from '#lib/domain/json.ts';

export interface Difference {
  /** Definitions of `to` that are others in `from`, or a line of `from` that `to` does not have, without amounts. */
  readonly causes: readonly Definition[];
  /** Drivers and tables that only `to` has: alone they change nothing. */
  readonly support: readonly Definition[];
}

export function differenceOf(from: Model, to: Model): Difference {
  const causes: Definition[] = [];
  const support: Definition[] = [];
  for (const { definition } of to.nodes) {
    const before = definitionIn(from, definition.id);
    if (before === definition || isSameJson(asJson(before), asJson(definition))) continue;
    if (before === undefined && definition.kind !== 'line') support.push(definition);
    else causes.push(definition);
  }
  for (const { definition } of from.nodes) {
    if (definition.kind !== 'line' || to.placeById.has(definition.id)) continue;
    causes.push({ ...definition, content: { phases: {} } });
  }
  return { causes, support };
}

export function definitionIn(model: Model, id: string): Definition | undefined {
  return model.nodes[model.placeById.get(id) ?? -1]?.definition;
}

/** The model with some definitions changed; undefined where it cannot be worked out so. */
export function modelWith(model: Model, definitions: readonly Definition[]): Model | undefined {
  const result = changed(model, definitions);
  return result.ok ? result.value.model : undefined;
}

function asJson(definition: Definition | undefined): JsonValue | undefined {
  return definition as JsonValue | undefined;
}
