import { App } from "aws-cdk-lib";
import { ChatStack } from "./chat-stack";

describe("the app", () => {
  it("synthesises the stack, with nothing in it yet", () => {
    const app = new App();
    new ChatStack(app, "Test");
    const template = app.synth().getStackByName("Test").template as Record<string, unknown>;
    expect(template["Description"]).toBe("ConnectBest Chat");
    expect(template["Resources"]).toBeUndefined();
  });
});
