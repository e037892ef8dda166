// Starts the explorer on the definition of this sandbox.
"use strict";

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

async function start() {
  const spec = await (await fetch("/openapi.json")).json();
  // The explorer's form of the password grant has no field for what the token service asks besides.
  spec.components.securitySchemes.companyToken = {
    type: "http",
    scheme: "bearer",
    description: "The token that the sandbox printed when it started.",
  };
  SwaggerUIBundle({
    spec,
    dom_id: "#explorer",
    // Nothing is asked of anybody else.
    validatorUrl: null,
    defaultModelsExpandDepth: 0,
  });
}

start();
