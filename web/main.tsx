import { render } from "preact";
import { App } from "./app.tsx";
import "./style/theme.css";
import "./style/layout.css";
import "./style/channels.css";
import "./style/player.css";
import "./style/chat.css";
import "./style/chat-extras.css";
import "./style/forms.css";
import "./style/account.css";
import "./style/dialog.css";
import "./style/lists.css";
import "./style/small.css";

const page = document.getElementById("page");
if (page) render(<App />, page);
