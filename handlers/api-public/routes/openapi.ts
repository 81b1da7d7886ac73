import * as v from "valibot";
import { answer, openRoute } from "../../shared/api/route.ts";
import document from "../generated/openapi.json" with { type: "json" };

export const readOpenApi = openRoute({
  id: "readOpenApi",
  summary: "Describes every route of this API (OpenAPI 3.1).",
  answers: { 200: v.looseObject({ openapi: v.string() }) },
  handle: async () => answer(200, document, { "cache-control": "public, max-age=300" }),
});
