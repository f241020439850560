import { render } from 'preact';
import type { ReportData } from '../data.js';
import { App } from './App.js';
import { modelOf } from './model.js';

const root = document.getElementById('app') as HTMLElement;
const data = JSON.parse((document.getElementById('data') as HTMLElement).textContent ?? '') as ReportData;
root.textContent = '';
render(<App model={modelOf(data)} />, root);
