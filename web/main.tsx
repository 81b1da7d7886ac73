import { render } from "preact";
import { App } from "./app.tsx";
import "./style/theme.css";
import "./style/layout.css";
import "./style/channels.css";
import "./style/player.css";
import "./style/chat.css";
import "./style/small.css";

const page = document.getElementById("page");
if (page) render(<App />, page);
