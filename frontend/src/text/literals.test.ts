import ts from "typescript";
import { sourcesIn } from "@/testing/sources";

/** Attributes that people read or hear. */
const spoken = ["alt", "aria-label", "description", "done", "hint", "label", "placeholder", "sentence", "title"];

/** The same in every language. */
const productName = /\bConnectBest( Chat)?\b/g;

const isWords = (text: string): boolean => /\p{L}{2}/u.test(text.replace(productName, ""));

/** Words that stand in the markup itself: elsewhere only a catalog has them, and each language its own. */
function literals(name: string, text: string): string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const note = (node: ts.Node, words: string) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    if (isWords(words)) found.push(`${name}:${line + 1} ${words.trim()}`);
  };
  /** A string, or one of those that an expression chooses from. */
  const noteStrings = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) note(node, node.text);
    else if (ts.isTemplateExpression(node))
      note(
        node,
        [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text: part }) => part).join(" "),
      );
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(noteStrings);
    else if (ts.isBinaryExpression(node)) {
      if (node.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken) noteStrings(node.left);
      noteStrings(node.right);
    } else if (ts.isParenthesizedExpression(node)) noteStrings(node.expression);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, node.text);
    if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent)) noteStrings(node.expression);
    if (ts.isJsxAttribute(node) && node.initializer && spoken.includes(node.name.getText())) {
      if (ts.isStringLiteral(node.initializer)) note(node, node.initializer.text);
      else if (ts.isJsxExpression(node.initializer) && node.initializer.expression)
        noteStrings(node.initializer.expression);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

test("finds words where they stand", () => {
  const text = `const a = <p title="One two" className="mt-2" hint={isIt ? "Three" : t("x.four")}>Five {"Six"} {t("x.seven")} · {a === "no" && "Eight"} {\`nine \${b}\`}</p>;`;
  expect(literals("a.tsx", text).map((found) => found.replace(/^\S+ /, ""))).toEqual([
    "One two",
    "Three",
    "Five",
    "Six",
    "Eight",
    "nine",
  ]);
});

test("what people read comes from the catalogs", () => {
  const sources = sourcesIn("app", "components", "features", "pages").filter(({ name }) => name.endsWith(".tsx"));
  expect(sources.flatMap(({ name, text }) => literals(name, text))).toEqual([]);
});
