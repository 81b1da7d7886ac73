import { describe, expect, test } from "vitest";
import { canonicalHost, findHosts } from "#domain/moderation/links/hosts.ts";

describe("finds the host of a link", () => {
  test.each([
    ["https://example.com/path?q=1", ["example.com"]],
    ["HTTP://EXAMPLE.COM", ["example.com"]],
    ["http://localhost:8080", ["localhost"]],
    ["http://10.0.0.1/x", ["10.0.0.1"]],
    ["go to example.com now", ["example.com"]],
    ["example.com.", ["example.com"]],
    ["(see example.com)", ["example.com"]],
    ["a.example.co.uk/b", ["a.example.co.uk"]],
    ["www.example.anything", ["www.example.anything"]],
    ["10.0.0.1:8080", ["10.0.0.1"]],
    ["just.do.it/now", ["just.do.it"]],
    ["https://just.do.it", ["just.do.it"]],
    ["mail me@example.com", ["example.com"]],
    ["one.com,two.com", ["one.com", "two.com"]],
    ["https://one.com https://two.com", ["one.com", "two.com"]],
    ["https://one.com@two.com/", ["one.com", "two.com"]],
    ["https://user:secret@example.com/", ["example.com"]],
    ["https://one.com/?to=https://two.com", ["one.com", "two.com"]],
    ["https://one.com/file.io?x=y.com", ["one.com"]],
    ["http:\\\\example.com\\x", ["example.com"]],
    ["http:/example.com", ["example.com"]],
    ["//example.com/x", ["example.com"]],
    ["bücher.de", ["bücher.de"]],
    ["пример.рф", ["пример.рф"]],
    ["xn--e1afmkfd.xn--p1ai", ["xn--e1afmkfd.xn--p1ai"]],
    ["예시.com에서", ["예시.com에서"]],
  ])("%s", (text, hosts) => {
    expect(findHosts(text)).toEqual(hosts);
  });
});

describe("finds a link in disguise", () => {
  test.each([
    "example。com",
    "example．com",
    "ｅｘａｍｐｌｅ.com",
    "ex\u200bample.c\u00adom",
    "example[.]com",
    "example [dot] com",
    "example(dot)com",
    "example dot com",
    "visit example dot com today",
    "EXAMPLE DOT COM",
    "example\u00a0dot\u00a0com",
  ])("%s", (text) => {
    expect(findHosts(text)).toEqual(["example.com"]);
  });

  test("with an ending in letters of another script, which is then another host", () => {
    expect(findHosts("example.\u0441om")).toEqual(["example.\u0441om"]);
  });

  test("with several spelled dots", () => {
    expect(findHosts("example dot co dot uk")).toEqual(["example.co.uk"]);
  });
});

describe("leaves ordinary text alone", () => {
  test.each([
    "the dot com bubble",
    "just do.it",
    "so good.love it",
    "see readme.md, main.py and node.js",
    "version 1.2.3.4",
    "3.14 and 10.000,00",
    "e.g. this, i.e. that, 9 a.m.",
    "wait...come on",
    "U.S.A.",
    "a sentence.Then another",
    "and/or",
    "C:\\Windows",
    "12:30",
    ":-/ //",
    "http://",
    "...",
    "",
  ])("%s", (text) => {
    expect(findHosts(text)).toEqual([]);
  });
});

test("compares hosts as browsers do", () => {
  expect(canonicalHost("BÜCHER.de")).toBe("xn--bcher-kva.de");
  expect(canonicalHost("example.com.")).toBe("example.com");
  expect(canonicalHost("0x7f.1")).toBe("127.0.0.1");
  expect(canonicalHost("a b")).toBeUndefined();
  expect(canonicalHost("")).toBeUndefined();
});
