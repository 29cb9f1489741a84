import {
  type MarginParams,
  type Params,
  parseMarginParams,
  parseParams,
} from "../params/params.ts";
import { readJson } from "./json.ts";

/** The margin part of a parameter file. @throws Invalid, MalformedJson, FileRefused */
export function readMarginParams(file: string): MarginParams {
  return parseMarginParams(readJson(file));
}

/** All of a parameter file. @throws Invalid, MalformedJson, FileRefused */
export function readParams(file: string): Params {
  return parseParams(readJson(file));
}
