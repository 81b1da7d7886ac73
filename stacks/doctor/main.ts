import { App } from "cdktf";
import { DoctorStack, type DoctorStackProps } from "./stack.ts";

// Run by `onair doctor --aws --i-pay`, in a process of its own as main.ts is; the props are its argument.
const props: DoctorStackProps = JSON.parse(process.argv[2] ?? "");
const app = new App();
new DoctorStack(app, "doctor", props);
app.synth();
