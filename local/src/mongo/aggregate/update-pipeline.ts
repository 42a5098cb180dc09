import type { Doc, Value } from "../bson/values";
import { isDoc } from "../bson/values";
import type { Call } from "../commands/call";
import { letVariables } from "../commands/call";
import { compileExpression } from "./expression";
import { compileStages, pipelineScope } from "./pipeline";

/** Compiles the pipeline of an update; `constants` are the variables of the statement itself. */
export function compileUpdatePipeline(call: Call, pipeline: Doc[], constants: Value): (doc: Doc) => Doc {
  const variables = letVariables(call, undefined);
  if (isDoc(constants))
    for (const [name, value] of Object.entries(constants)) variables[name] = compileExpression(value, {})({});
  const stage = compileStages(pipeline, pipelineScope(call, undefined, variables));
  return (doc) => {
    for (const result of stage([doc])) return result;
    return doc;
  };
}
