"""The words by which plans say things: tables without rules, each with its reason.

How far a word reaches is for the modules that read it. The tables are our choice, made from how English
public-sector plans are worded at large.
"""
